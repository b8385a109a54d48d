import FoundationEssentials
import Netatmo
import TerminalUI
import Testing
import TestSupport

@testable import Dashboard

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
        arguments: [(0.0, "0:00"), (30, "0:30"), (3599, "59:59"), (3723, "1:02:03"), (259_200, "3 d"), (-10, "0:00")])
    func age(_ seconds: Double, _ text: String) {
        #expect(DurationText.age(of: now.addingTimeInterval(-seconds), at: now) == text)
    }

    @Test("a short age is in its largest unit", arguments: [(8.0, "8s"), (61, "1m"), (7300, "2h"), (200_000, "2d")])
    func short(_ seconds: Double, _ text: String) {
        #expect(DurationText.short(since: now.addingTimeInterval(-seconds), at: now) == text)
    }

    @Test("times of another day name the day")
    func clock() {
        #expect(LocalTime.utc.clock(now, now: now) == "17:18:05")
        #expect(LocalTime.utc.clock(now.addingTimeInterval(86_400), now: now) == "Tue 17:18")
        #expect(LocalTime.utc.dateAndClock(now) == "Mon 23 Nov 17:18:05")
    }

    @Test("no date is out of range", arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300])
    func extremes(_ seconds: Double) {
        _ = LocalTime.utc.clock(Date(timeIntervalSince1970: seconds))
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
        "the wind's direction is a point of the compass",
        arguments: [(0.0, "N"), (22, "N"), (23, "NE"), (225, "SW"), (359, "N"), (-45, "NW"), (720, "N")])
    func compass(_ degrees: Double, _ point: String) {
        #expect(MeasureText(symbols: .unicode, units: .metric).compass(degrees) == point)
    }

    @Test("signals have four levels by NetAtmo's thresholds")
    func signals() {
        #expect([95, 86, 80, 71, 60, 56, 40].map { MeasureText.signalLevel(.wifi($0)) } == [0, 0, 1, 1, 2, 3, 3])
        #expect([95, 90, 85, 80, 75, 70, 60].map { MeasureText.signalLevel(.radio($0)) } == [0, 0, 1, 1, 2, 2, 3])
    }
}
