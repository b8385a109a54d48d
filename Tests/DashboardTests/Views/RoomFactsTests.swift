import FoundationEssentials
import OperatingSystem
import TerminalUI
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("A room in full")
struct RoomFactsTests {
    private static func state(
        _ id: String = "r1", home: EnergyHome = RoomScenes.fjord, now: Date = RoomScenes.now
    ) -> DashboardState {
        var state = RoomScenes.state(RoomScenes.snapshot(stations: [], energy: RoomScenes.readings([home])))
        state.readings.select(deviceWithID: id, in: state.layout.readingsPlace)
        state.overlay = .module(ModuleState())
        state.tick(now: now)
        return state
    }

    private static func lines(_ id: String = "r1", home: EnergyHome = RoomScenes.fjord, now: Date = RoomScenes.now) -> [String] {
        state(id, home: home, now: now).frame.lines
    }

    private static func fjord(mode: EnergyHome.Mode? = .schedule, timeZone: String? = nil, toldAt: Date? = RoomScenes.now) -> EnergyHome {
        let fjord = RoomScenes.fjord
        return EnergyHome(
            id: fjord.id, name: fjord.name, timeZone: timeZone, mode: mode, rooms: fjord.rooms, devices: fjord.devices,
            schedules: fjord.schedules, toldAt: toldAt)
    }

    @Test("has the zone in force marked from the minute on that it begins")
    func inForce() {
        // Monday 15:30, when the day begins anew.
        let change = RoomScenes.now.addingTimeInterval(-6485)
        #expect(Self.lines(now: change).contains { $0.contains("15:30            Day  21.0 °C  now") })
        let before = Self.lines(now: change.addingTimeInterval(-1))
        #expect(before.contains { $0.contains("08:30            Eco  18.5 °C  now") })
        #expect(before.contains { $0.contains("15:30            Day  21.0 °C ") && !$0.contains("now") })
    }

    @Test("says that its schedule is not in force while its home follows another mode")
    func mode() {
        #expect(Self.lines().contains { $0.contains("Today  Weekdays  ") })
        #expect(Self.lines(home: Self.fjord(mode: nil)).contains { $0.contains("Today  Weekdays  ") })
        #expect(Self.lines(home: Self.fjord(mode: .away)).contains { $0.contains("Today  Weekdays · not in force ") })
    }

    @Test("goes by its home's clock, and says so where that is another one", .enabled(if: LocalTime.zone("Asia/Tokyo") != nil))
    func timeZone() {
        let lines = Self.lines(home: Self.fjord(timeZone: "Asia/Tokyo"))
        // 17:18 of Monday by the screen's clock.
        #expect(lines.contains { $0.contains("Today  Weekdays · Tue 02:18 in Asia/Tokyo") }, "\(lines.joined(separator: "\n"))")
        #expect(lines.contains { $0.contains("00:00            Sleep  17.0 °C  now") })
        #expect(Self.lines(home: Self.fjord(timeZone: "Etc/UTC")).contains { $0.contains("Today  Weekdays  ") })
    }

    @Test("says why there are no readings: unreachable, nothing told of it, not told yet")
    func lacks() {
        #expect(Self.lines("r4").contains { $0.contains("Readings         none: unreachable") })
        #expect(Self.lines("r5").contains { $0.contains("Readings         none told") })
        #expect(Self.lines("r5", home: Self.fjord(toldAt: nil)).contains { $0.contains("Readings         not told yet") })
    }

    @Test("says of each device how it is: its battery and radio, or that it can't be reached")
    func devices() {
        #expect(Self.lines("r4").contains { $0.contains("unreachable !") && !$0.contains("none") })
        #expect(Self.lines("r1").contains { $0.contains("full  3500 mV  ▂▄▆█ 62") })
    }

    @Test("has an hour's label whole, or not at all where the mark of now is")
    func hours() {
        func hours(_ minutes: Double) -> String {
            // From Monday 00:00 on.
            let now = RoomScenes.now.addingTimeInterval(-62_285 + minutes * 60)
            return Self.lines(now: now).first { $0.contains("↑") } ?? ""
        }
        #expect(hours(17 * 60).contains("12        ↑  18 "))
        // Its column is that of either digit.
        for minutes in [1090.0, 1110.0] {
            let line = hours(minutes)
            #expect(line.contains("12    ") && line.contains(" ↑ ") && !line.contains("1↑") && !line.contains("↑8"), "\(line)")
        }
        #expect(hours(19 * 60).contains("12           18↑"))
    }

    @Test("is named a room above its chart where charts of all modules stand beside each other")
    func chartNames() {
        var state = RoomScenes.state(selecting: "r1", columns: 200, rows: 50)
        state.chart.perform(.arrangement, on: state.readings.selectedDevice)
        let text = state.frame.lines.joined(separator: "\n")
        #expect(text.contains("Lounge, room ") && text.contains("Living room ") && !text.contains("Living room, room"))
    }

    @Test("has the setpoint of the time that the cursor is at")
    func cursor() {
        for (hours, setpoint) in [(5.0, "17.0"), (7, "21.0")] {
            var state = RoomScenes.state(selecting: "r1")
            state.chart.putCursor(at: RoomScenes.now.addingTimeInterval(-hours * 3600))
            let title = state.frame.lines.first { $0.contains("Lounge · Temperature") } ?? ""
            #expect(title.contains("°C → \(setpoint) °C ┤"), "\(title)")
        }
    }
}
