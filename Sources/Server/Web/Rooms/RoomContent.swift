import FoundationEssentials
import Homes
import OperatingSystem

/// What the page of a room shows beside its readings and charts: its devices, and today's schedule.
struct RoomContent: Sendable {
    let room: Room
    let home: EnergyHome
    let units: Units
    let now: Date
    let time: LocalTime

    var html: HTML { "\(devices)\(schedule)" }

    private var devices: HTML? {
        let devices = home.devices(of: room)
        guard !devices.isEmpty else { return nil }
        return "<section class=\"panel\"><h3>Devices</h3><ul class=\"devices\">\(devices.map(row))</ul></section>"
    }

    private func row(_ device: EnergyDevice) -> HTML {
        let facts = [reach(of: device), battery(of: device), radio(of: device)].compactMap(\.self)
        return """
            <li><bdi>\(device.displayName)</bdi> <span class="quiet">\(device.kind.words)</span>\
            <span class="device-facts">\(facts.map { "\($0) " as HTML })</span></li>
            """
    }

    private func reach(of device: EnergyDevice) -> HTML? {
        guard device.isReachable else {
            let since = device.state?.lastSeen.map { " since \(time.clock($0, now: now))" } ?? ""
            return "<span class=\"bad\">unreachable\(since)</span>"
        }
        if let code = device.state?.errorCode { return "<span class=\"warning\">error \(code)</span>" }
        return device.state == nil ? "<span>not told of</span>" : "<span>reachable</span>"
    }

    private func battery(of device: EnergyDevice) -> HTML? {
        guard let state = device.state else { return nil }
        let words = [state.batteryLevel?.words, state.batteryMillivolts.map { "\($0) mV" }].compactMap(\.self)
        guard !words.isEmpty else { return nil }
        return "<span\(HTML.role(state.batteryLevel?.verdict))>battery \(words.joined(separator: ", "))</span>"
    }

    private func radio(of device: EnergyDevice) -> HTML? {
        guard device.isReachable, let number = device.state?.radio else { return nil }
        let level = Device.Signal.radio(number).level
        return "<span\(HTML.role(level.verdict))>radio \(level.words)</span>"
    }

    private var schedule: HTML? {
        guard let schedule = home.schedule else { return nil }
        let bar = ScheduleBar(schedule, roomID: room.id, now: now, time: home.clock(or: time), units: units)
        guard let drawing = bar.html else { return nil }
        let name = schedule.name.map { " <span class=\"quiet\"><bdi>\($0)</bdi></span>" as HTML }
        let mode: HTML? = home.mode.flatMap { mode in
            mode == .schedule ? nil : "<p class=\"quiet\">Not in force: the home’s mode is \(mode.word).</p>"
        }
        return "<section class=\"panel\"><h3>Today’s schedule\(name)</h3>\(drawing)\(mode)</section>"
    }
}
