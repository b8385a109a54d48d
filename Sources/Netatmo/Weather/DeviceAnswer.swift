import Homes

/// A base, a module or a home coach as NetAtmo describes it.
struct DeviceAnswer: Decodable {
    let device: Device

    /// Reads a device; only `_id` has to be there.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        let id = container.id("_id") ?? ""
        guard !id.isEmpty else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no _id")) }
        guard decoder.deviceBudget?.take() ?? true else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "too many devices"))
        }
        let kind = Device.Kind(rawValue: container.name("type") ?? "")
        let dataTypes = container.elements("data_type", as: String.self, limit: mostDataTypes)
        let reachable = container.flag("reachable")
        device = Device(
            id: id, kind: kind,
            // A home coach is a station without modules: its own name is the station's.
            name: container.name("module_name") ?? container.name("name") ?? (kind == .homeCoach ? container.name("station_name") : nil),
            reachable: reachable,
            firmware: container.integer("firmware").flatMap { $0 == sentinelByte || $0 < 0 ? nil : $0 },
            battery: Device.Battery(container, isReachable: reachable ?? true),
            signal: Device.Signal(container),
            lastSeen: container.date("last_seen") ?? container.date("last_status_store"),
            // A base that was set up anew keeps its past.
            setUp: container.date("date_setup") ?? container.date("last_setup"),
            readings: container.value("dashboard_data", as: ReadingsAnswer.self)?.readings.only(kind.measures(dataTypes: dataTypes))
        )
    }
}

extension Device.Signal {
    fileprivate init?(_ container: KeyedDecodingContainer<AnyKey>) {
        func number(_ name: String) -> Int? {
            container.integer(name).flatMap { (0..<sentinelByte).contains($0) ? $0 : nil }
        }
        if let radio = number("rf_status") {
            self = .radio(radio)
        } else if let wifi = number("wifi_status") {
            self = .wifi(wifi)
        } else {
            return nil
        }
    }
}

extension Device.Battery {
    /// The battery; `nil` where there is none, and where the module is out of reach: then NetAtmo sends sentinels, or what it
    /// last heard, however long ago.
    fileprivate init?(_ container: KeyedDecodingContainer<AnyKey>, isReachable: Bool) {
        let millivolts = container.integer("battery_vp").flatMap { (0...65_535).contains($0) ? $0 : nil }
        let percent = container.integer("battery_percent").flatMap { (0...100).contains($0) ? $0 : nil }
        guard isReachable, millivolts != 65_535, millivolts != nil || percent != nil else { return nil }
        self.init(percent: percent, millivolts: millivolts)
    }
}

/// More words than there are measures.
private let mostDataTypes = 32

/// What NetAtmo sends as firmware and signal of a module that it does not hear.
private let sentinelByte = 255
