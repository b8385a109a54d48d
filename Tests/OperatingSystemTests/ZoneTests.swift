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

    @Test("days begin at the midnight of the zone, whether they have 23, 24 or 25 hours, and months with their first day")
    func days() async {
        await #expect(processExitsWith: .success) {
            setenv("TZ", "Europe/Oslo", 1)
            let time = LocalTime.system
            for (date, hours) in [(Self.spring, 23.0), (Self.autumn, 25), (Self.autumn + 86_400 * 2, 24)] {
                // From each of its hours.
                let start = time.startOfDay(date)
                #expect(time.clock(start) == "00:00:00")
                #expect((0..<Int(hours)).allSatisfy { time.startOfDay(start + Double($0) * 3600 + 1800) == start })
                #expect(time.startOfDay(1, after: date).timeIntervalSince(start) == hours * 3600)
                #expect(time.startOfDay(-1, after: time.startOfDay(1, after: date)) == start)
            }
            let month = time.startOfMonth(Self.autumn)
            #expect(time.dayAndMonth(month) == "1 Oct" && time.clock(month) == "00:00:00")
            let others = [-8, -1, 1, 5].map { time.startOfMonth($0, after: Self.autumn) }
            #expect(others.map { time.dayAndMonth($0) } == ["1 Feb", "1 Sep", "1 Nov", "1 Mar"])
            #expect(others.allSatisfy { time.clock($0) == "00:00:00" })
            // Clocks that skip midnight: the day begins at one.
            setenv("TZ", "America/Santiago", 1)
            time.followZone()
            let skipped = Date(timeIntervalSince1970: 1_788_674_400)
            #expect(time.clock(time.startOfDay(skipped)) == "01:00:00" && time.dayAndMonth(time.startOfDay(skipped)) == "6 Sep")
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
