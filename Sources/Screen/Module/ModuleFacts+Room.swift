import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What is known of a room beside its temperature: what heats it and why, the day's schedule, and its devices.
extension ModuleFacts {
    /// The room as NetAtmo tells it.
    var room: Room? { home?.rooms.first { $0.id == module.id } }

    /// Why its setpoint is what it is, and what goes on there.
    var heating: [ModuleFact] {
        guard let readings = module.readings else { return [] }
        if let boiler = readings.boiler {
            let line = RoomWords(environment: environment, isStale: judgement.isStale).line(of: boiler)
            return [.value(name: "Boiler", line)]
        }
        guard let room = readings.roomHeating else { return [] }
        let facts: [(String, Line?)] = [
            ("Mode", room.words(at: environment.now, until: environment.shortClock).map { Line($0) }),
            ("Window", room.isWindowOpen ? Line("open \(environment.symbols.warning)", .warning) : nil),
            ("Schedule", room.isAnticipating ? Line("heats ahead of its next change") : nil),
            ("Cooling to", self.room?.state?.coolingSetpoint.map { Line(environment.measureText.value($0, of: .setpoint)) }),
            ("Home's mode", home?.mode.map { Line($0.word) }),
        ]
        return facts.compactMap { name, line in line.map { .value(name: name, $0) } }
    }

    /// How much heat its valves ask for, as a bar.
    func power(_ value: Double) -> Line {
        let style = judgement.isStale ? .muted : Style.accent.tinted(Measure.heatingPower.tint(of: value))
        let label = environment.measureText.value(value, of: .heatingPower)
        return Gauge(fraction: value / 100, label: label, style: style, symbols: environment.symbols).line(columns: 20)
    }

    /// Why a room has no readings.
    var lack: String {
        guard module.isReachable else { return "none: unreachable" }
        return home?.toldAt == nil ? "not told yet" : "none told"
    }

    // MARK: The schedule

    /// Today by the home's clock: its zones as a line with a mark at now, and when each begins.
    var schedule: [ModuleFact] {
        guard module.kind == .room, let schedule = home?.schedule else { return [] }
        let clock = home?.clock(or: environment.time) ?? environment.time
        let minute = clock.minuteOfWeek(environment.now)
        let day = minute / HeatingSchedule.minutesPerDay
        let parts = schedule.parts(ofDay: day)
        guard !parts.isEmpty else { return [] }
        let now = minute - day * HeatingSchedule.minutesPerDay
        let current = parts.last { $0.minute <= now }
        let lines = parts.map { part in
            ModuleFact.value(name: HeatingSchedule.clock(part.minute), line(of: part.zone, isNow: part == current))
        }
        let fraction = Double(now) / Double(HeatingSchedule.minutesPerDay)
        let isElsewhere = minute != environment.time.minuteOfWeek(environment.now)
        let there = isElsewhere ? "\(clock.weekday(environment.now)) \(clock.shortClock(environment.now)) in \(home?.timeZone ?? "")" : nil
        let isAside = home?.mode.map { $0 != .schedule } ?? false
        let note = [schedule.name, isAside ? "not in force" : nil, there].compactMap(\.self).filter { !$0.isEmpty }.joined(
            separator: " \(environment.symbols.separator) ")
        return [.heading("Today", note: note), .timeline(timeline(parts)), .hours(now: fraction)] + lines
    }

    private func line(of zone: HeatingSchedule.Zone, isNow: Bool) -> Line {
        let setpoint = zone.setpoints[module.id].map { "  " + environment.measureText.value($0, of: .setpoint) } ?? ""
        let line = Line(zone.title, zone.style(of: module.id).with(isNow ? .bold : [])).adding(
            setpoint, isNow ? Style.plain.bold() : .plain)
        return isNow ? line.adding("  now", .muted) : line
    }

    private func timeline(_ parts: [HeatingSchedule.DayPart]) -> [Timeline.Part] {
        let setpoints = Set(parts.compactMap { $0.zone.setpoints[module.id] }).sorted()
        return parts.map { part in
            // The warmer the denser.
            let rank = part.zone.setpoints[module.id].flatMap(setpoints.firstIndex) ?? 0
            let density = setpoints.count > 1 ? rank * (Timeline.densities - 1) / (setpoints.count - 1) : 1
            return Timeline.Part(
                start: Double(part.minute) / Double(HeatingSchedule.minutesPerDay), name: part.zone.title, density: density,
                style: part.zone.style(of: module.id))
        }
    }

    // MARK: The devices

    /// Each of its devices: what it is, its battery, and how it is heard.
    var devicesOfRoom: [ModuleFact] {
        guard let room, let devices = home?.devices(of: room), !devices.isEmpty else { return [] }
        return [.heading("Devices", note: "")]
            + devices.flatMap { device in
                [.value(name: device.displayName, Line(device.kind.words)), .value(name: "", state(of: device))]
            }
    }

    private func state(of device: EnergyDevice) -> Line {
        guard device.isReachable else { return Line("unreachable \(environment.symbols.warning)", .bad) }
        guard let state = device.state else { return Line("nothing told of it", .muted) }
        let symbols = environment.symbols
        let battery = state.batteryLevel.map { level in
            Line(level.words + level.verdict.mark(symbols), level.verdict.style ?? .plain)
        }
        let volts = state.batteryMillivolts.map { Line("\($0) mV", .muted) }
        let signal = (state.radio.map { Device.Signal.radio($0) } ?? state.wifi.map { .wifi($0) }).map { signal in
            Line("\(symbols.signalBars[signal.level.rawValue])", signal.level.verdict.style ?? .good).adding(" \(signal.number)", .muted)
        }
        let parts = [battery, volts, signal].compactMap(\.self)
        return parts.isEmpty ? Line("reachable", .good) : Line(Array(parts.map(\.spans).joined(separator: [Span("  ")])))
    }
}

extension HeatingSchedule.Zone {
    /// The colour that the room's setpoint in it has in charts; where there are no such colours one by its kind.
    fileprivate func style(of roomID: String) -> Style {
        let style: Style =
            switch kind {
            case .day: .good
            case .comfort: .warning
            case .night: .accent
            case .eco, .custom, .other: .title
            case .away, .frostGuard: .muted
            }
        // Twice as far apart as in charts, since 15 to 23 degrees are all that there is.
        return style.tinted(setpoints[roomID].map { Tint(.warmth, at: 0.5 + ($0 - 17) / 20) })
    }
}
