import Foundation
import Testing

@testable import Netatmo

@Suite("How long Retry-After asks to wait")
struct RetryAfterTests {
    /// Mon, 23 Nov 2026 17:18:05 GMT.
    private let now = Date(timeIntervalSince1970: 1_795_454_285)

    private func seconds(_ text: String, answeredAt date: String? = nil) -> Double? {
        RetryAfter.duration(text, answeredAt: date, now: now).map { $0 / .seconds(1) }
    }

    @Test(
        "A number of seconds is honoured, up to an hour",
        arguments: [
            ("0", 0), ("120", 120), ("3600", 3600), ("3601", 3600), ("9223372036854775807", 3600),
            ("999999999999999999999999999999", 3600), (" 7 ", 7), ("007", 7),
        ] as [(String, Double)]
    )
    func number(text: String, expected: Double) {
        #expect(seconds(text) == expected)
    }

    @Test(
        "A time is honoured in each form of the standard, up to an hour",
        arguments: [
            ("Mon, 23 Nov 2026 17:20:05 GMT", 120), ("Monday, 23-Nov-26 17:20:05 GMT", 120), ("Mon Nov 23 17:20:05 2026", 120),
            ("Mon, 23 Nov 2026 17:18:05 GMT", 0), ("Mon, 23 Nov 2026 17:18:04 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Mon, 01 Jan 0000 00:00:00 GMT", 0), ("Fri, 31 Dec 9999 23:59:60 GMT", 3600), ("Tue, 24 Nov 2026 17:18:05 GMT", 3600),
        ] as [(String, Double)]
    )
    func time(text: String, expected: Double) {
        #expect(seconds(text) == expected)
    }

    @Test(
        "A time counts from the answer's own, since one of the two clocks may be wrong; without one, or with none that is a time, from ours"
    )
    func relative() {
        let asked = "Mon, 23 Nov 2026 12:01:00 GMT"
        #expect(seconds(asked, answeredAt: "Mon, 23 Nov 2026 12:00:00 GMT") == 60)
        #expect(seconds(asked, answeredAt: "Mon, 23 Nov 2026 12:02:00 GMT") == 0)
        #expect(seconds("Mon, 23 Nov 2026 17:19:05 GMT", answeredAt: "yesterday") == 60)
        #expect(seconds("30", answeredAt: "Mon, 23 Nov 1970 12:00:00 GMT") == 30)
    }

    @Test(
        "What is neither is left out",
        arguments: [
            "", " ", "soon", "-5", "+5", "1.5", "1e3", "٣", "0x10", "60 s", "Mon, 23 Nov 2026", "23 Nov 2026 17:20:05 GMT",
            "Mon, 23 Nov 2026 17:20:05 CET", "Mon, 31 Nov 2026 17:20:05 GMT", "2026-11-23T17:20:05Z",
        ]
    )
    func garbage(text: String) {
        #expect(seconds(text) == nil)
    }
}
