/// One of `body.devices`: a base station, or a home coach, which has no home and no modules.
struct DeviceRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case type, name, reachable, firmware, place, modules, favorite
        case dateSetUp = "date_setup"
        case lastSetUp = "last_setup"
        case lastStatusStore = "last_status_store"
        case lastUpgrade = "last_upgrade"
        case stationName = "station_name"
        case moduleName = "module_name"
        case homeID = "home_id"
        case homeName = "home_name"
        case wifiStatus = "wifi_status"
        case carbonDioxideCalibrating = "co2_calibrating"
        case readOnly = "read_only"
        case dataTypes = "data_type"
        case dashboardData = "dashboard_data"
    }

    let id: String
    let type: String
    let dateSetUp: Int
    let lastSetUp: Int
    let lastStatusStore: Int
    let lastUpgrade: Int
    var stationName: String?
    var moduleName: String?
    /// Of a home coach; in place of ``stationName``.
    var name: String?
    var homeID: String?
    var homeName: String?
    let wifiStatus: Int?
    let firmware: Int?
    var reachable = true
    var carbonDioxideCalibrating = false
    /// Present only where true, as NetAtmo has it.
    var favorite: Bool?
    var readOnly: Bool?
    let place: PlaceRecord
    let dataTypes: [String]
    var dashboardData: DashboardData?
    var modules: [ModuleRecord]?
}

/// `place`: where a station stands.
struct PlaceRecord: Encodable, Sendable {
    let timezone: String
    let country: String
    let city: String
    let altitude: Int?
    /// Longitude, latitude.
    let location: [Double]

    init(_ site: Site, withAltitude: Bool = true) {
        timezone = site.timezone
        country = site.country
        city = site.city
        altitude = withAltitude ? site.altitude : nil
        location = [site.longitude, site.latitude]
    }
}

struct ModuleRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case type, reachable, firmware
        case moduleName = "module_name"
        case lastSetUp = "last_setup"
        case lastMessage = "last_message"
        case lastSeen = "last_seen"
        case radioStatus = "rf_status"
        case batteryVoltage = "battery_vp"
        case batteryPercent = "battery_percent"
        case dataTypes = "data_type"
        case dashboardData = "dashboard_data"
    }

    let id: String
    let type: String
    let moduleName: String?
    let lastSetUp: Int?
    let dataTypes: [String]
    let reachable: Bool
    let firmware: Int?
    let lastMessage: Int?
    let lastSeen: Int?
    let radioStatus: Int?
    let batteryVoltage: Int?
    let batteryPercent: Int?
    var dashboardData: DashboardData?
}

struct DevicesBody: Encodable, Sendable {
    let devices: [DeviceRecord]
    let user: UserRecord
}

/// `user`: how the account's owner likes values shown. The values themselves are metric whatever it says.
struct UserRecord: Encodable, Sendable {
    struct Administrative: Encodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case language = "lang"
            case locale = "reg_locale"
            case country, unit
            case windUnit = "windunit"
            case pressureUnit = "pressureunit"
            case feelLikeAlgorithm = "feel_like_algo"
        }

        var language = "en-GB"
        var locale = "nb-NO"
        var country = "NO"
        var unit: Int
        var windUnit: Int
        var pressureUnit: Int
        /// 0 humidex, 1 heat index.
        var feelLikeAlgorithm = 0
    }

    var mail = "simulator@example.com"
    var administrative: Administrative

    init(units: DisplayUnits) {
        administrative = Administrative(unit: units.system, windUnit: units.wind, pressureUnit: units.pressure)
    }
}
