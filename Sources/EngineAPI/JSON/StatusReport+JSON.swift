import Homes

extension StatusReport: Codable {
    /// Writes one object. What is thought of the values stands beside them.
    package func encode(to encoder: any Encoder) throws {
        let settings: StatusObject = [
            .refreshIntervalSeconds: settings.refreshInterval.jsonSeconds, .staleAfterSeconds: settings.staleAge.jsonSeconds,
        ]
        let stations = snapshot.data.stations.map { JudgedStation($0, devices: $0.devices, freshness: freshness, units: units) }
        let json: StatusObject = [
            .version: Self.currentVersion, .now: now, .build: self.settings.build,
            .exporter: snapshot.exporter.json + [.lastScrape: lastScrape],
            .token: JudgedToken(status: snapshot.token, now: now), .signIn: snapshot.signIn, .data: settings + snapshot.data.json,
            .stations: stations, .events: snapshot.events,
        ]
        try (json + (snapshot.energy.map(json(of:)) ?? [:])).encode(to: encoder)
    }

    private func json(of energy: EnergyReadings) -> StatusObject {
        let judge = HomeJudge(freshness: freshness, units: units)
        return [.energy: energy.json, .homes: energy.homes.map { ToldHome($0, by: judge) }]
    }

    /// Reads the values. What is thought of them is judged anew, by the time and the stale age of the report.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let exporter = try json.nestedContainer(keyedBy: StatusKey.self, forKey: .exporter)
        let data = try json.nestedContainer(keyedBy: StatusKey.self, forKey: .data)
        let snapshot = Snapshot(
            token: try json.required(.token), data: try DataStatus(data, stations: json.required(.stations)),
            energy: try Self.energy(json), events: try json.required(.events),
            exporter: try ExporterStatus(exporter), signIn: try json.required(.signIn)
        )
        let settings = StatusSettings(
            build: try json.required(.build), refreshInterval: try data.duration(.refreshIntervalSeconds),
            staleAge: try data.duration(.staleAfterSeconds)
        )
        self.init(snapshot, at: try json.required(.now), lastScrape: try exporter.optional(.lastScrape), settings: settings)
    }

    /// Of a release without Energy, and where it is not asked for, there is none.
    private static func energy(_ json: KeyedDecodingContainer<StatusKey>) throws -> EnergyReadings? {
        guard try json.contains(.energy) && !json.decodeNil(forKey: .energy) else { return nil }
        return try EnergyReadings(
            json.nestedContainer(keyedBy: StatusKey.self, forKey: .energy), homes: json.optional(.homes) ?? [])
    }
}

extension ExporterStatus {
    var json: StatusObject {
        switch self {
        case .starting: [.address: String?.none, .port: Int?.none]
        case .listening(let address, let port): [.address: address, .port: port]
        }
    }

    init(_ json: KeyedDecodingContainer<StatusKey>) throws {
        let port: Int? = try json.optional(.port)
        let address: String? = try json.optional(.address)
        self = address.map { .listening(address: $0, port: port ?? Self.defaultPort) } ?? .starting
    }
}
