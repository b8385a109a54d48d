@testable import NetatmoSimulator

/// The homes of the standard account, as a client with a fresh token gets them.
extension Simulation {
    static let fjord = "5f8d0c1e2b3a4c5d6e7f8001"
    static let hytte = "5f8d0c1e2b3a4c5d6e7f8002"

    /// Without limits, for tests that look often.
    static func unlimited(at time: Int = TestClock.monday) -> Simulation {
        var configuration = Self.configuration
        configuration.enforcesRequestLimits = false
        return Simulation(at: time, configuration)
    }

    func homes(query: String = "") async throws -> [JSONValue] {
        try await self.body("/api/homesdata" + query)?["homes"]?.elements ?? []
    }

    func status(of home: String = Self.fjord) async throws -> JSONValue? {
        try await self.body("/api/homestatus?home_id=" + home)
    }

    /// What `homestatus` says of a room of Fjord's.
    func room(_ room: EnergyRoom) async throws -> JSONValue? {
        try await self.status()?["home"]?["rooms"]?.elements.first { $0["id"] == .string(room.rawValue) }
    }

    /// What `homestatus` says of a device.
    func device(_ id: String, of home: String = Self.fjord) async throws -> JSONValue? {
        try await self.status(of: home)?["home"]?["modules"]?.elements.first { $0["id"] == .string(id) }
    }
}

/// Fjord's rooms by their IDs.
enum EnergyRoom: String, CaseIterable {
    case living = "1160310001"
    case bedroom = "1160310002"
    case kitchen = "1160310003"
    case bath = "1160310004"
}
