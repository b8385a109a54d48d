import Foundation
import Testing

@testable import OperatingSystem

/// In processes of their own, since a process has one time zone.
@Suite("Time zones")
struct ZoneTests {
    /// 2026-10-25 00:59:58 UTC, two seconds before Oslo's clocks go back from 3:00 to 2:00.
    private static let autumn = Date(timeIntervalSince1970: 1_792_889_998)
    /// 2026-03-29 00:59:58 UTC, two seconds before they go forward from 2:00 to 3:00.
    private static let spring = Date(timeIntervalSince1970: 1_774_745_998)

    @Test("clocks are right around the switch to and from summer time, and a countdown does not care")
    func switches() async {
        await #expect(processExitsWith: .success) {
            setenv("TZ", "Europe/Oslo", 1)
            let time = LocalTime.system
            let spring = (0..<4).map { time.clock(Self.spring.addingTimeInterval(Double($0))) }
            #expect(spring == ["01:59:58", "01:59:59", "03:00:00", "03:00:01"])
            let autumn = (0..<4).map { time.clock(Self.autumn.addingTimeInterval(Double($0))) }
            #expect(autumn == ["02:59:58", "02:59:59", "02:00:00", "02:00:01"])
            let countdown = (0..<4).map { DurationText.countdown(to: Self.autumn + 10_800, from: Self.autumn + Double($0)) }
            #expect(countdown == ["3:00:00", "2:59:59", "2:59:58", "2:59:57"])
            #expect(time.clock(Self.autumn + 10_800, now: Self.autumn) == "04:59:58")
            // By the days of the zone, one of which has 25 hours: a week from midnight to midnight is more than six days of 24.
            let midnight = Self.autumn - 2 * 3600 - 3598
            #expect(time.clock(midnight, now: midnight + 86_400 + 3599) == "00:00:00")
            #expect(time.clock(midnight - 1, now: midnight) == "Sat 23:59")
            #expect(time.clock(midnight, now: midnight + 7 * 86_400 + 3599) == "Sun 00:00")
            #expect(time.clock(midnight, now: midnight + 7 * 86_400 + 3600) == "25 Oct 00:00")
        }
    }

    @Test("another zone is taken over while running")
    func follows() async {
        await #expect(processExitsWith: .success) {
            setenv("TZ", "Europe/Oslo", 1)
            let time = LocalTime.system
            #expect(time.clock(Self.autumn) == "02:59:58")
            setenv("TZ", "Asia/Tokyo", 1)
            time.followZone()
            #expect(time.clock(Self.autumn) == "09:59:58")
        }
    }
}
