import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("A token file with any time that Go writes")
struct GoTimeTests {
    /// A time in one of RFC 3339's forms, with its instant by a calendar of its own.
    private struct Form {
        let text: String
        let seconds: Int64
        let nanoseconds: Int64

        var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }

        /// How exact a `Date` is there: to the microsecond for two centuries around us.
        var tolerance: Double { max(0.000_001, Double(seconds).ulp * 2) }
    }

    /// Days since 1970, by counting the leap days.
    private static func days(year: Int, month: Int, day: Int) -> Int64 {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let before = year - 1
        let months = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        let leapDays = before / 4 - before / 100 + before / 400
        return Int64(before * 365 + leapDays + months[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1 - 719_162)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }

    private static func form(
        _ date: (year: Int, month: Int, day: Int), second: Int, fraction: String, offset: Int, isLowerCase: Bool
    ) -> Form {
        let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        let clock = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        let zone = offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(padded(abs(offset) / 60, 2)):\(padded(abs(offset) % 60, 2))"
        let text = "\(day)T\(clock)\(fraction.isEmpty ? "" : ".\(fraction)")\(zone)"
        let nanoseconds = Int64(fraction + String(repeating: "0", count: 9 - fraction.count)) ?? 0
        let seconds = days(year: date.year, month: date.month, day: date.day) * 86_400 + Int64(second - offset * 60)
        return Form(text: isLowerCase ? text.lowercased() : text, seconds: seconds, nanoseconds: nanoseconds)
    }

    private static func random(using generator: inout SeededGenerator) -> Form {
        let year =
            Bool.random(using: &generator) ? Int.random(in: 2020...2040, using: &generator) : Int.random(in: 2...9998, using: &generator)
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let isLeapDay = isLeap && Int.random(in: 0..<4, using: &generator) == 0
        let date = isLeapDay ? (year, 2, 29) : (year, Int.random(in: 1...12, using: &generator), Int.random(in: 1...28, using: &generator))
        let digits = Int.random(in: 0...9, using: &generator)
        return form(
            date, second: Int.random(in: 0..<86_400, using: &generator),
            fraction: (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined(),
            offset: Bool.random(using: &generator) ? 0 : Int.random(in: -1439...1439, using: &generator),
            isLowerCase: Bool.random(using: &generator)
        )
    }

    /// Reads a file with that expiry, writes it again, and reads that.
    private func check(_ form: Form) throws {
        let attributes = try TokenAttributes(#"{"access_token":"a","refresh_token":"r","expiry":"\#(form.text)"}"#)
        let expiry = try #require(attributes.expiry, "\(form.text)")
        #expect(abs(expiry.timeIntervalSince(form.date)) < form.tolerance, "\(form.text)")
        let json = String(decoding: try attributes.json(), as: UTF8.self)
        // What Go's time.Parse(time.RFC3339, …) takes: capital T and Z, four digits of year, at least one digit behind a point.
        let forGo = /\{"access_token":"a","expiry":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z","refresh_token":"r"\}\n/
        #expect(json.wholeMatch(of: forGo) != nil, "\(json)")
        let again = try #require(try TokenAttributes(json).expiry, "\(form.text)")
        #expect(abs(again.timeIntervalSince(form.date)) < form.tolerance, "\(form.text) became \(json)")
    }

    @Test("The instant stays the same to the microsecond", arguments: 1...4 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 { try check(Self.random(using: &generator)) }
    }

    @Test("Every offset from UTC, to the minute")
    func offsets() {
        for offset in -1439...1439 {
            let form = Self.form((2026, 11, 23), second: 73_072, fraction: "302198117", offset: offset, isLowerCase: false)
            #expect(RFC3339.date(form.text).map { abs($0.timeIntervalSince(form.date)) < 0.000_001 } == true, "\(form.text)")
        }
    }

    @Test(
        "The ends of the calendar, and leap days",
        arguments: [(1, 1, 2), (4, 2, 29), (1900, 2, 28), (2000, 2, 29), (2024, 2, 29), (2028, 2, 29), (9996, 2, 29), (9999, 12, 30)]
    )
    func ends(year: Int, month: Int, day: Int) throws {
        for (fraction, offset) in [("", 0), ("9", 1439), ("999999999", -1439), ("000000001", 0), ("5", -1), ("123456", 60)] {
            try check(Self.form((year, month, day), second: 86_399, fraction: fraction, offset: offset, isLowerCase: false))
        }
    }
}
