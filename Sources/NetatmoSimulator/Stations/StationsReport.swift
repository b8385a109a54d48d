/// Turns an account into what `getstationsdata` says of it at a moment.
struct StationsReport: Sendable {
    /// The moment, Unix seconds.
    let now: Int
    /// When the simulator started: lost modules went silent before that.
    let started: Int

    /// Tenths of a °C that a unit differs from the others of its place: -5 to 5.
    static func shift(of unit: String) -> Int {
        StableHash.of(unit, below: 11) - 5
    }

    func device(_ station: SimulatedStation, weather: inout WeatherBook) -> DeviceRecord {
        let isFavorite = station.ownership == .favorite
        let sample = UnitSample(unit: station.id, site: station.site, now: now, weather: &weather)
        return DeviceRecord(
            id: station.id, type: ModuleKind.base.rawValue, dateSetUp: station.setUp, lastSetUp: station.setUp,
            // The base uploads some seconds after it measured.
            lastStatusStore: min(sample.time + 4, now), lastUpgrade: station.setUp + 3600, stationName: station.stationName,
            moduleName: station.moduleName, homeID: station.homeID, homeName: station.homeName,
            wifiStatus: isFavorite ? nil : station.wifi + sample.radioUnrest, firmware: isFavorite ? nil : station.firmware,
            favorite: isFavorite ? true : nil, readOnly: isFavorite ? true : nil, place: PlaceRecord(station.site),
            dataTypes: isFavorite ? ["Pressure"] : ModuleKind.base.dataTypes, dashboardData: sample.base(room: station.room),
            modules: station.modules.map { module($0, of: station, weather: &weather) }
        )
    }

    private func module(_ module: SimulatedModule, of station: SimulatedStation, weather: inout WeatherBook) -> ModuleRecord {
        if case .lost(let seconds) = module.reach { return lostModule(module, lastMessage: started - seconds) }
        let isFavorite = station.ownership == .favorite
        let sample = UnitSample(unit: module.id, site: station.site, now: now, weather: &weather)
        return ModuleRecord(
            id: module.id, type: module.kind.rawValue, moduleName: module.name, lastSetUp: isFavorite ? nil : module.setUp,
            dataTypes: module.kind.dataTypes, reachable: true, firmware: isFavorite ? nil : module.firmware,
            lastMessage: isFavorite ? nil : min(sample.time + 4, now), lastSeen: isFavorite ? nil : sample.time,
            radioStatus: isFavorite ? nil : module.radio + sample.radioUnrest,
            batteryVoltage: isFavorite ? nil : module.kind.batteryVoltage(percent: module.battery),
            batteryPercent: isFavorite ? nil : module.battery, dashboardData: sample.module(kind: module.kind, room: module.room)
        )
    }

    /// What `gethomecoachsdata` says of a coach: one of the two names, and no altitude in its place.
    func coach(_ coach: SimulatedCoach, weather: inout WeatherBook) -> DeviceRecord {
        let sample = UnitSample(unit: coach.id, site: coach.site, now: now, weather: &weather)
        let (stationName, name): (String?, String?) =
            switch coach.name {
            case .stationName(let text): (text, nil)
            case .name(let text): (nil, text)
            }
        return DeviceRecord(
            id: coach.id, type: ModuleKind.homeCoach.rawValue, dateSetUp: coach.setUp, lastSetUp: coach.setUp,
            lastStatusStore: min(sample.time + 4, now), lastUpgrade: coach.setUp + 3600, stationName: stationName, name: name,
            wifiStatus: coach.wifi + sample.radioUnrest, firmware: coach.firmware,
            place: PlaceRecord(coach.site, withAltitude: false), dataTypes: ModuleKind.homeCoach.dataTypes,
            dashboardData: sample.coach(room: coach.room)
        )
    }

    /// A module out of reach has no readings, and in place of its state the sentinels that NetAtmo sends.
    private func lostModule(_ module: SimulatedModule, lastMessage: Int) -> ModuleRecord {
        ModuleRecord(
            id: module.id, type: module.kind.rawValue, moduleName: module.name, lastSetUp: module.setUp, dataTypes: module.kind.dataTypes,
            reachable: false, firmware: 255, lastMessage: lastMessage, lastSeen: 0, radioStatus: 255, batteryVoltage: 65_535,
            batteryPercent: 100, dashboardData: nil
        )
    }
}
