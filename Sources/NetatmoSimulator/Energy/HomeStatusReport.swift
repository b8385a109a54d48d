/// Turns a home into what `homestatus` says of it at a moment.
struct HomeStatusReport: Sendable {
    /// How often battery devices are heard, s.
    private static let reportInterval = 600
    /// When the cabin's boiler keeps hot water ready, minutes of the day.
    private static let comfortBoost = [6 * 60..<6 * 60 + 30, 17 * 60..<17 * 60 + 30]

    let home: SimulatedHome
    let heat: HomeHeat
    /// The moment, Unix seconds.
    let now: Int
    /// When the simulator started: lost devices went silent before that.
    let started: Int
    /// Seconds between two measurements.
    let interval: Int

    func body(book: inout HeatBook) -> HomeStatusBody {
        let devices = Dictionary(grouping: home.devices) { $0.room ?? "" }
        let rooms = heat.rooms.map { room(of: $0, devices: devices[$0.room.id] ?? [], book: &book) }
        let known = home.devices.map { device($0, book: &book) }
        let others = home.others.map {
            DeviceStatusRecord(id: $0.id, type: $0.type, reachable: true, bridge: $0.bridge, lastSeen: now - 30)
        }
        let errors = home.devices.filter { $0.lostBeforeStart != nil }
            .map { DeviceErrorRecord(code: DeviceErrorRecord.unreachable, id: $0.id) }
        return HomeStatusBody(
            home: HomeStatusRecord(id: home.id, rooms: rooms, modules: others + known), errors: errors.isEmpty ? nil : errors
        )
    }

    private func room(of heat: RoomHeat, devices: [EnergyDevice], book: inout HeatBook) -> RoomStatusRecord {
        let setpoint = heat.plan.setpoint(at: now)
        let reachable = devices.filter { $0.lostBeforeStart == nil }
        let tick = SampleClock.tick(at: now, phase: 0, interval: interval)
        return RoomStatusRecord(
            id: heat.room.id, reachable: !reachable.isEmpty,
            temperature: reachable.isEmpty ? nil : DashboardData.tenths(book.temperature(of: heat, at: tick)),
            setpoint: setpoint.temperature, setpointMode: setpoint.mode, setpointBegin: setpoint.begin, setpointEnd: setpoint.end ?? 0,
            power: reachable.contains { $0.kind == .valve } ? book.power(of: heat, at: now) : nil,
            anticipating: heat.plan.anticipates(at: now), openWindow: heat.plan.isWindowOpen(at: now)
        )
    }

    private func device(_ device: EnergyDevice, book: inout HeatBook) -> DeviceStatusRecord {
        if let lost = device.lostBeforeStart {
            return DeviceStatusRecord(
                id: device.id, type: device.kind.rawValue, reachable: false, bridge: device.bridge, lastSeen: started - lost)
        }
        let phase = SampleClock.phase(of: device.id, interval: Self.reportInterval)
        let heard = SampleClock.tick(at: now, phase: phase, interval: Self.reportInterval) + phase
        let strength = device.strength + heat.radioUnrest(of: device.id, at: heard)
        var record = DeviceStatusRecord(
            id: device.id, type: device.kind.rawValue, reachable: true, bridge: device.bridge, firmware: device.firmware,
            battery: device.battery, batteryState: device.battery.flatMap { device.kind.batteryState(millivolts: $0) }, lastSeen: heard
        )
        switch (device.kind.isRelay, device.isStrengthMisspelt) {
        case (true, _): record.wirelessStrength = strength
        case (false, true): record.misspeltRadioStrength = strength
        case (false, false): record.radioStrength = strength
        }
        if device.kind == .openThermRelay {
            let tick = SampleClock.tick(at: now, phase: 0, interval: interval)
            record.outdoorTemperature = DashboardData.tenths(heat.weather.temperature(at: tick))
        }
        if device.kind.isThermostat {
            record.boilerStatus = heat.boiler.isOn(at: now, book: &book)
            record.comfortBoost = device.kind == .openThermThermostat && isBoosted
            record.anticipating = heat.rooms.first { $0.room.id == device.room }?.plan.anticipates(at: now) ?? false
        }
        return record
    }

    private var isBoosted: Bool {
        Self.comfortBoost.contains { $0.contains(LocalWeek.minute(at: now) % LocalWeek.minutesPerDay) }
    }
}
