/// What one unit shows now: the readings of its place, moved to the moment at which the unit measures.
struct UnitSample {
    let readings: SiteReadings
    /// Seconds after the tick at which this unit measures, so that not all are of one age.
    let phase: Int
    /// Tenths of a °C that this unit differs from the others of its place.
    let shift: Int
    /// The unrest of the radio, in the units of `rf_status`.
    let radioUnrest: Int

    init(unit: String, site: Site, now: Int, weather: inout WeatherBook) {
        let phase = SampleClock.phase(of: unit, interval: weather.interval)
        let tick = SampleClock.tick(at: now, phase: phase, interval: weather.interval)
        self.phase = phase
        readings = weather.readings(at: site, tick: tick)
        shift = StationsReport.shift(of: unit)
        radioUnrest = Noise(seed: weather.seed, name: unit).signed(.radio, at: tick.floorDivided(by: 1800)).clamped(to: -1...1)
    }

    var time: Int { readings.tick + phase }

    func base(room: RoomProfile?) -> DashboardData {
        var data = DashboardData(time: time)
        data.setPressure(readings)
        if let room = room.flatMap({ readings.rooms[$0] }) {
            data.setRoom(room, phase: phase, shift: shift, newDay: readings.isNewDay)
            data.noise = room.loudness
        }
        return data
    }

    func coach(room: RoomProfile) -> DashboardData {
        var data = base(room: room)
        data.healthIndex = readings.rooms[room].map { room in
            HealthIndex.of(
                carbonDioxide: room.carbonDioxide, temperature: room.temperature.value + shift, humidity: room.humidity,
                loudness: room.loudness
            )
        }
        return data
    }

    func module(kind: ModuleKind, room: RoomProfile?) -> DashboardData {
        var data = DashboardData(time: time)
        switch kind {
        case .base, .indoor, .homeCoach:
            if let room = room.flatMap({ readings.rooms[$0] }) { data.setRoom(room, phase: phase, shift: shift, newDay: readings.isNewDay) }
        case .outdoor:
            data.setTemperature(readings.outdoor, phase: phase, shift: shift, newDay: readings.isNewDay)
            data.humidity = readings.outdoorHumidity
        case .wind:
            data.setWind(readings, phase: phase)
        case .rain:
            data.setRain(readings)
        }
        return data
    }
}
