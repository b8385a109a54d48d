import Foundation
import TestSupport
import Testing

@testable import OperatingSystem

@Suite("Times in RFC 3339")
struct RFC3339Tests {
    @Test(
        "A time is read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23T20:17:52Z", 1_795_465_072), ("2026-11-23t20:17:52z", 1_795_465_072),
            ("2026-11-23T21:17:52+01:00", 1_795_465_072), ("2026-11-24T10:02:52+13:45", 1_795_465_072),
            ("2026-11-23T20:17:52-00:00", 1_795_465_072), ("2026-11-22T20:18:52-23:59", 1_795_465_072),
            ("2024-02-29T00:00:00Z", 1_709_164_800), ("2000-02-29T23:59:59Z", 951_868_799), ("1969-12-31T23:59:59Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_800), ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("0001-01-01T00:00:00+00:01", -62_135_596_860), ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("2026-11-23T20:17:52.5Z", 1_795_465_072.5),
            ("2023-07-16T20:32:06.400559267+02:00", 1_689_532_326.400559267), ("2026-11-23T20:17:52.000000001Z", 1_795_465_072.000000001),
            ("2026-11-23T20:17:52.999999999Z", 1_795_465_072.999999999),
        ]
    )
    func read(text: String, seconds: Double) throws {
        let date = try #require(RFC3339.date(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_000_5)
    }

    @Test("A fraction has one to nine digits", arguments: 1...9)
    func fraction(digits: Int) throws {
        let text = String("123456789".prefix(digits))
        let date = try #require(RFC3339.date("2026-11-23T20:17:52.\(text)Z"))
        #expect(abs(date.timeIntervalSince1970 - 1_795_465_072 - (Double("0.\(text)") ?? 0)) < 0.000_000_5)
        #expect(RFC3339.date("2026-11-23T20:17:52.\(text)0000000000Z") == nil)
    }

    @Test(
        "What is no such time is refused",
        arguments: [
            "", " ", "now", "2026", "2026-11-23", "20:17:52Z", "2026-11-23T20:17:52", "2026-11-23T20:17Z", "2026-11-23 20:17:52Z",
            " 2026-11-23T20:17:52Z", "2026-11-23T20:17:52Z ", "2026-11-23T20:17:52Z\n", "2026-11-23T20:17:52ZZ", "2026-11-23T20:17:52.Z",
            "2026-11-23T20:17:52,5Z", "2026-11-23T20:17:52.1234567890Z", "2026-11-23T20:17:52.-1Z", "2026-11-23T20:17:52 Z",
            "2026-00-23T20:17:52Z", "2026-13-23T20:17:52Z", "2026-11-00T20:17:52Z", "2026-11-31T20:17:52Z", "2025-02-29T20:17:52Z",
            "1900-02-29T20:17:52Z", "2026-11-23T24:00:00Z", "2026-11-23T20:60:52Z", "2026-11-23T20:17:61Z", "26-11-23T20:17:52Z",
            "02026-11-23T20:17:52Z", "+2026-11-23T20:17:52Z", "-2026-11-23T20:17:52Z", "2026-1-23T20:17:52Z", "2026-11-23T8:17:52Z",
            "2026-11-23T20:17:52+1:00", "2026-11-23T20:17:52+01", "2026-11-23T20:17:52+0100", "2026-11-23T20:17:52+24:00",
            "2026-11-23T20:17:52+01:60", "2026-11-23T20:17:52+01:00:00", "2026-11-23T20:17:52UTC", "2026/11/23T20:17:52Z",
            "20261123T201752Z", "１９９９-11-23T20:17:52Z", "2026-11-23T20:17:52Z\u{301}", "2026-11-23T20:17:52\u{2212}01:00",
        ]
    )
    func refused(text: String) {
        #expect(RFC3339.date(text) == nil)
    }

    @Test(
        "A time is written in UTC with the digits it needs, at most six",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_795_465_072, "2026-11-23T20:17:52Z"), (1_795_465_072.5, "2026-11-23T20:17:52.5Z"),
            (1_795_465_072.302198, "2026-11-23T20:17:52.302198Z"), (1_795_465_072.000001, "2026-11-23T20:17:52.000001Z"),
            (1_795_465_072.9999999, "2026-11-23T20:17:53Z"), (-0.5, "1969-12-31T23:59:59.5Z"), (-1, "1969-12-31T23:59:59Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"), (1e12, "9999-12-31T23:59:59Z"), (-1e12, "0001-01-01T00:00:00Z"),
        ]
    )
    func written(seconds: Double, text: String) {
        #expect(RFC3339.text(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test("A time that is written and read is the same to the microsecond", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let microseconds = Int64.random(in: -2_000_000_000_000_000...4_000_000_000_000_000, using: &generator)
            let text = RFC3339.text(Date(timeIntervalSince1970: Double(microseconds) / 1_000_000))
            let date = try #require(RFC3339.date(text))
            #expect(Int64((date.timeIntervalSince1970 * 1_000_000).rounded()) == microseconds)
            #expect(RFC3339.text(date) == text)
        }
    }

    @Test("Every day from year 1 to 9999 is written and read the same")
    func everyDay() {
        for day in stride(from: -719_162, through: 2_932_896, by: 61) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            #expect(RFC3339.date(RFC3339.text(date)) == date)
        }
    }
}
