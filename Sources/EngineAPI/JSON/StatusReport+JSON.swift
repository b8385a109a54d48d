import FoundationEssentials
import Homes

extension StatusReport: Codable {
    /// Writes one object. What is thought of the values stands beside them.
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(Self.currentVersion, forKey: .version)
        try json.encode(now, forKey: .now)
        try json.encode(settings.build, forKey: .build)
        try encodeExporter(json.nestedContainer(keyedBy: StatusKey.self, forKey: .exporter))
        try json.encode(JudgedToken(status: snapshot.token, now: now), forKey: .token)
        try json.encode(snapshot.signIn, forKey: .signIn)
        try encodeData(json.nestedContainer(keyedBy: StatusKey.self, forKey: .data))
        let stations = snapshot.data.stations.map { JudgedStation($0, devices: $0.devices, freshness: freshness, units: units) }
        try json.encode(stations, forKey: .stations)
        try json.encode(snapshot.events, forKey: .history)
    }

    private func encodeExporter(_ json: KeyedEncodingContainer<StatusKey>) throws {
        var json = json
        let values: (address: String?, port: Int?) =
            switch snapshot.exporter {
            case .starting: (nil, nil)
            case .listening(let address, let port): (address, port)
            }
        try json.encode(values.address, forKey: .address)
        try json.encode(values.port, forKey: .port)
        try json.encode(lastScrape, forKey: .lastScrape)
    }

    private func encodeData(_ json: KeyedEncodingContainer<StatusKey>) throws {
        var json = json
        try json.encode(settings.refreshInterval.jsonSeconds, forKey: .refreshIntervalSeconds)
        try json.encode(settings.staleAge.jsonSeconds, forKey: .staleAfterSeconds)
        try snapshot.data.encode(to: &json)
    }

    /// Reads the values. What is thought of them is judged anew, by the time and the stale age of the report.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let exporter = try json.nestedContainer(keyedBy: StatusKey.self, forKey: .exporter)
        let data = try json.nestedContainer(keyedBy: StatusKey.self, forKey: .data)
        let address = try exporter.optional(.address, String.self)
        let port = try exporter.optional(.port, Int.self)
        let snapshot = Snapshot(
            token: try json.decode(TokenStatus.self, forKey: .token),
            data: try DataStatus(data, stations: json.decode([Station].self, forKey: .stations)),
            events: try json.decode([Event].self, forKey: .history),
            exporter: address.map { .listening(address: $0, port: port ?? ExporterStatus.defaultPort) } ?? .starting,
            signIn: try json.decode(SignInStatus.self, forKey: .signIn)
        )
        let settings = StatusSettings(
            build: try json.decode(BuildInformation.self, forKey: .build),
            refreshInterval: .seconds(try data.decode(Double.self, forKey: .refreshIntervalSeconds)),
            staleAge: .seconds(try data.decode(Double.self, forKey: .staleAfterSeconds))
        )
        self.init(
            snapshot, at: try json.decode(Date.self, forKey: .now), lastScrape: try exporter.optional(.lastScrape), settings: settings)
    }
}
