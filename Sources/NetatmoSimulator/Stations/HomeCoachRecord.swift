/// One of `body.devices` of `gethomecoachsdata`: no home, no modules, and no altitude in its place.
struct HomeCoachRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case type, name, reachable, firmware, place
        case stationName = "station_name"
        case dateSetUp = "date_setup"
        case lastSetUp = "last_setup"
        case lastStatusStore = "last_status_store"
        case lastUpgrade = "last_upgrade"
        case wifiStatus = "wifi_status"
        case carbonDioxideCalibrating = "co2_calibrating"
        case dataTypes = "data_type"
        case dashboardData = "dashboard_data"
    }

    let id: String
    let type = ModuleKind.homeCoach.rawValue
    /// One of the two names is there.
    let stationName: String?
    let name: String?
    let dateSetUp: Int
    let lastSetUp: Int
    let lastStatusStore: Int
    let lastUpgrade: Int
    let wifiStatus: Int
    let firmware: Int
    let reachable: Bool
    let carbonDioxideCalibrating: Bool
    let place: PlaceRecord
    let dataTypes = ModuleKind.homeCoach.dataTypes
    var dashboardData: DashboardData?
}

extension StationsReport {
    /// What `gethomecoachsdata` says of coaches.
    func coaches(_ coaches: [SimulatedCoach], weather: inout WeatherBook) -> [HomeCoachRecord] {
        coaches.map { coach($0, weather: &weather) }
    }

    private func coach(_ coach: SimulatedCoach, weather: inout WeatherBook) -> HomeCoachRecord {
        let sample = UnitSample(unit: coach.id, site: coach.site, now: now, weather: &weather)
        let (stationName, name): (String?, String?) =
            switch coach.name {
            case .stationName(let text): (text, nil)
            case .name(let text): (nil, text)
            }
        return HomeCoachRecord(
            id: coach.id,
            stationName: stationName,
            name: name,
            dateSetUp: coach.setUp,
            lastSetUp: coach.setUp,
            lastStatusStore: min(sample.time + 4, now),
            lastUpgrade: coach.setUp + 3600,
            wifiStatus: coach.wifi + sample.radioUnrest,
            firmware: coach.firmware,
            reachable: true,
            carbonDioxideCalibrating: false,
            place: PlaceRecord(coach.site, withAltitude: false),
            dashboardData: sample.coach(room: coach.room)
        )
    }
}
