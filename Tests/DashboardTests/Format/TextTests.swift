import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Homes
@testable import Screen
@testable import OperatingSystem

@Suite("Times, durations and values as text")
struct TextTests {
    private let now = SampleStations.now

    @Test(
        "a countdown is H:MM:SS, never negative",
        arguments: [(9667.0, "2:41:07"), (59.2, "0:01:00"), (0.4, "0:00:01"), (0, "0:00:00"), (-5, "0:00:00"), (360_000, "100:00:00")])
    func countdown(_ seconds: Double, _ text: String) {
        #expect(DurationText.countdown(to: now.addingTimeInterval(seconds), from: now) == text)
    }

    @Test(
        "an age is M:SS, H:MM:SS, then days",
        arguments: [
            (0.0, "0:00"), (30, "0:30"), (59.9, "0:59"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (3723, "1:02:03"),
            (86_399, "23:59:59"), (86_400, "24:00:00"), (172_799, "47:59:59"), (172_800, "2 d"), (259_199, "2 d"), (259_200, "3 d"),
            (-10, "0:00"),
        ])
    func age(_ seconds: Double, _ text: String) {
        #expect(DurationText.age(of: now.addingTimeInterval(-seconds), at: now) == text)
    }

    @Test(
        "a short age is in its largest unit, a day in hours until there are two",
        arguments: [
            (8.0, "8s"), (59, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h"), (86_399, "23h"), (86_400, "24h"), (172_799, "47h"),
            (172_800, "2d"), (259_199, "2d"), (259_200, "3d"),
        ])
    func short(_ seconds: Double, _ text: String) {
        #expect(DurationText.short(since: now.addingTimeInterval(-seconds), at: now) == text)
    }

    @Test(
        "an age beside others goes in steps of five seconds, then in its largest unit, a day in hours until there are two",
        arguments: [
            (0.0, "0 s"), (4, "0 s"), (5, "5 s"), (59, "55 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (86_399, "23 h"),
            (86_400, "24 h"), (172_799, "47 h"), (172_800, "2 d"), (259_199, "2 d"), (259_200, "3 d"),
        ])
    func stepped(_ seconds: Double, _ text: String) {
        #expect(DurationText.stepped(since: now.addingTimeInterval(-seconds), at: now) == text)
    }

    @Test(
        "a large countdown is minutes and seconds up to ten minutes, then minutes, then hours",
        arguments: [(9.2, "0:10"), (600, "10:00"), (601, "10m"), (3599, "59m"), (3600, "1h00m"), (9667, "2h41m")])
    func large(_ seconds: Double, _ text: String) {
        #expect(DurationText.large(to: now.addingTimeInterval(seconds), from: now) == text)
    }

    @Test(
        "a rough countdown is seconds in the last minute, then minutes, then hours",
        arguments: [(0.4, "1 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 0 min"), (9060, "2 h 31 min")])
    func rough(_ seconds: Double, _ text: String) {
        #expect(DurationText.rough(to: now.addingTimeInterval(seconds), from: now) == text)
    }

    @Test(
        "a span in words goes up to two days in hours, and is never below zero",
        arguments: [
            (-5.0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 0 min"), (9667, "2 h 41 min"),
            (172_799, "47 h 59 min"), (172_800, "2 days"), (259_200, "3 days"),
        ])
    func words(_ seconds: Double, _ text: String) {
        #expect(DurationText.words(from: now, to: now.addingTimeInterval(seconds)) == text)
    }

    @Test(
        "a duration as an option has the units that it needs",
        arguments: [
            (-1.0, "0s"), (0, "0s"), (30.9, "30s"), (60, "1m"), (90, "1m30s"), (3600, "1h"), (4500, "1h15m"), (3601, "1h1s"),
            (90_061, "25h1m1s"),
        ])
    func option(_ seconds: Double, _ text: String) {
        #expect(DurationText.option(.seconds(seconds)) == text)
    }

    @Test(
        "times of another day name the day, before now and after, as exactly as is needed to tell it from others",
        arguments: [
            ("2026-11-23T17:18:05Z", "17:18:05"), ("2026-11-23T00:00:00Z", "00:00:00"), ("2026-11-23T23:59:59Z", "23:59:59"),
            ("2026-11-22T23:59:59Z", "Sun 23:59"), ("2026-11-17T00:00:00Z", "Tue 00:00"), ("2026-11-16T23:59:59Z", "16 Nov 23:59"),
            ("2026-11-02T17:18:05Z", "2 Nov 17:18"), ("2026-01-01T00:00:00Z", "1 Jan 00:00"), ("2025-12-31T23:59:59Z", "31 Dec 2025"),
            ("2025-11-23T17:18:05Z", "23 Nov 2025"), ("1969-12-31T23:59:59Z", "31 Dec 1969"),
            ("2026-11-24T00:00:00Z", "Tue 00:00"), ("2026-11-29T23:59:59Z", "Sun 23:59"), ("2026-11-30T00:00:00Z", "30 Nov 00:00"),
            ("2026-12-31T23:59:59Z", "31 Dec 23:59"), ("2027-01-01T00:00:00Z", "1 Jan 2027"),
        ])
    func clock(_ time: String, _ text: String) throws {
        let date = try #require(RFC3339.date(time))
        #expect(LocalTime.utc.clock(date, now: now) == text)
        #expect(text.count <= 12)
    }

    @Test("a year ends within a week, and a leap day is a day")
    func calendar() throws {
        let newYear = try #require(RFC3339.date("2027-01-02T10:00:00Z"))
        #expect(LocalTime.utc.clock(newYear.addingTimeInterval(-3 * 86_400), now: newYear) == "Wed 10:00")
        #expect(LocalTime.utc.clock(newYear, now: newYear.addingTimeInterval(-3 * 86_400)) == "Sat 10:00")
        let march = try #require(RFC3339.date("2028-03-06T10:00:00Z"))
        #expect(LocalTime.utc.clock(march.addingTimeInterval(-6 * 86_400), now: march) == "Tue 10:00")
        #expect(LocalTime.utc.clock(march.addingTimeInterval(-7 * 86_400), now: march) == "28 Feb 10:00")
    }

    @Test("the date and the clock")
    func dateAndClock() {
        #expect(LocalTime.utc.dateAndClock(now) == "Mon 23 Nov 17:18:05")
    }

    @Test(
        "times of all years that RFC 3339 can write are shown",
        arguments: [
            ("0001-01-01T00:00:00Z", "00:00:00", "Mon  1 Jan 1"), ("1901-12-13T20:45:51Z", "20:45:51", "Fri 13 Dec 1901"),
            ("1969-12-31T23:59:59Z", "23:59:59", "Wed 31 Dec 1969"), ("2106-02-07T06:28:16Z", "06:28:16", "Sun  7 Feb 2106"),
            ("4001-01-01T00:00:01Z", "00:00:01", "Mon  1 Jan 4001"), ("9999-12-31T23:59:59Z", "23:59:59", "Fri 31 Dec 9999"),
        ])
    func anyYear(_ time: String, _ clock: String, _ day: String) throws {
        let date = try #require(RFC3339.date(time))
        #expect(LocalTime.utc.clock(date) == clock)
        #expect(LocalTime.utc.date(date) == day)
        #expect(RFC3339.text(date) == time)
    }

    @Test("no date is out of range", arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300])
    func extremes(_ seconds: Double) {
        _ = LocalTime.utc.clock(Date(timeIntervalSince1970: seconds))
        #expect(LocalTime.utc.clock(Date(timeIntervalSince1970: seconds), now: now).count <= 12)
        _ = LocalTime.utc.clock(now, now: Date(timeIntervalSince1970: seconds))
        _ = DurationText.age(of: Date(timeIntervalSince1970: seconds), at: now)
        _ = DurationText.countdown(to: Date(timeIntervalSince1970: seconds), from: now)
    }

    @Test(
        "numbers are rounded, with a true minus sign and no minus zero",
        arguments: [(21.4, "21.4"), (-3.55, "−3.6"), (-0.04, "0.0"), (1013, "1013.0"), (.infinity, "–")])
    func numbers(_ value: Double, _ text: String) {
        #expect(MeasureText(symbols: .unicode, units: .metric).number(value, decimals: 1) == text)
    }

    @Test(
        "the wind's direction is a point of the compass, and nothing where it is none",
        arguments: [
            (0.0, "N"), (22, "N"), (23, "NE"), (225, "SW"), (337, "NW"), (359, "N"), (360, "N"), (-1, "–"), (-0.5, "–"), (361, "–"),
            (720, "–"),
            (1e300, "–"), (.nan, "–"), (.infinity, "–"),
        ])
    func compass(_ degrees: Double, _ point: String) {
        #expect(MeasureText(symbols: .unicode, units: .metric).compass(degrees) == point)
    }

    @Test("a wind of no direction comes from nowhere")
    func calm() {
        let text = MeasureText(symbols: .unicode, units: .metric)
        #expect(text.wind(Readings(time: nil, values: [.windStrength: 0, .windAngle: -1])) == "0 km/h")
        #expect(text.wind(Readings(time: nil, values: [.windStrength: 14, .windAngle: 225, .gustStrength: 31])) == "14 km/h SW, gusts 31")
    }
}
