import Testing

@testable import Netatmo

@Suite("Times of HTTP headers")
struct HTTPTimeTests {
    /// Mon, 23 Nov 2026 17:18:05 GMT.
    private let now = 1_795_454_285

    private func second(_ text: String) -> Int? {
        HTTPTime(text, now: now)?.second
    }

    @Test(
        "The standard's own example is the same second in all three forms, and in careless spellings of them",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "sun, 6 nov 1994 8:49:37 gmt",
            "  Sun,06 Nov 1994 08:49:37 UTC ", "Sunday, 06-Nov-1994 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT",
        ]
    )
    func forms(text: String) {
        #expect(second(text) == 784_111_777)
    }

    @Test(
        "Leap days, ends of months and leap seconds are where the calendar has them",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 1969 23:59:59 GMT", -1), ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800), ("Sun, 01 Jan 2017 00:00:00 GMT", 1_483_228_800),
            ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ]
    )
    func calendar(text: String, expected: Int) {
        #expect(second(text) == expected)
    }

    @Test(
        "A year of two digits is the nearest one",
        arguments: [("26", 2026), ("00", 2000), ("76", 2076), ("77", 1977), ("94", 1994), ("99", 1999)]
    )
    func twoDigits(short: String, year: Int) {
        #expect(second("Sunday, 06-Nov-\(short) 08:49:37 GMT") == second("Sun, 06 Nov \(year) 08:49:37 GMT"))
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "GMT", "Sun", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 31 Apr 1994 08:49:37 GMT", "Sun, 29 Feb 2100 08:49:37 GMT",
            "Sun, 29 Feb 2026 08:49:37 GMT", "Sun, 06 Nob 1994 08:49:37 GMT", "Sun, 06 11 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:00:61 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 19945 08:49:37 GMT", "Sun, 06 Nov 199 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 6. Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 PST", "Sun, 06 Nov 1994 08:49:37 GMT GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 ::  GMT",
        ]
    )
    func garbage(text: String) {
        #expect(second(text) == nil)
    }

    @Test("A very long text is none, and is not looked at further")
    func long() {
        #expect(second(String(repeating: "Sun, ", count: 100_000)) == nil)
    }
}
