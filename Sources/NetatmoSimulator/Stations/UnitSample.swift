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
        self.readings = weather.readings(at: site, tick: tick)
        self.shift = StationsReport.shift(of: unit)
        self.radioUnrest = Noise(seed: weather.seed, name: unit).signed(.radio, at: tick.floorDivided(by: 1800)).clamped(to: -1...1)
    }

    var time: Int { self.readings.tick + self.phase }

    func base(room: RoomProfile?) -> DashboardData {
        var data = DashboardData(time: self.time)
        data.setPressure(self.readings)
        if let room = room.flatMap({ self.readings.rooms[$0] }) {
            data.setRoom(room, phase: self.phase, shift: self.shift, newDay: self.readings.isNewDay)
            data.noise = room.loudness
        }
        return data
    }

    func coach(room: RoomProfile) -> DashboardData {
        var data = self.base(room: room)
        data.healthIndex = self.readings.rooms[room].map { room in
            HealthIndex.of(
                carbonDioxide: room.carbonDioxide,
                temperature: room.temperature.value + self.shift,
                humidity: room.humidity,
                loudness: room.loudness
            )
        }
        return data
    }

    func module(kind: ModuleKind, room: RoomProfile?) -> DashboardData {
        var data = DashboardData(time: self.time)
        switch kind {
        case .base, .indoor, .homeCoach:
            if let room = room.flatMap({ self.readings.rooms[$0] }) {
                data.setRoom(room, phase: self.phase, shift: self.shift, newDay: self.readings.isNewDay)
            }
        case .outdoor:
            data.setTemperature(self.readings.outdoor, phase: self.phase, shift: self.shift, newDay: self.readings.isNewDay)
            data.humidity = self.readings.outdoorHumidity
        case .wind:
            data.setWind(self.readings, phase: self.phase)
        case .rain:
            data.setRain(self.readings)
        }
        return data
    }
}
