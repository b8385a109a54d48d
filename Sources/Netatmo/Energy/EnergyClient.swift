package import Homes
package import OperatingSystem

/// Asks for thermostats, valves and the rooms that they heat (NetAtmo Energy). Nothing is ever set.
package struct EnergyClient: Sendable {
    private let transport: any NetatmoTransport

    package init(transport: any NetatmoTransport) {
        self.transport = transport
    }

    /// What homes there are, with their rooms, devices and schedules (`/api/homesdata`); how they are, it does not say.
    ///
    /// - Parameter accessToken: A token with the scope `read_thermostat`.
    package func homes(accessToken: Secret) async throws(NetatmoError) -> HomesData {
        try await transport.answer("/api/homesdata", accessToken: accessToken)
    }

    /// How the rooms and devices of a home are now (`/api/homestatus`).
    ///
    /// - Parameter accessToken: A token with the scope `read_thermostat`.
    package func status(ofHome id: String, accessToken: Secret) async throws(NetatmoError) -> EnergyStatus {
        let answer: HomeStatusAnswer = try await transport.answer("/api/homestatus", [("home_id", id)], accessToken: accessToken)
        return answer.status
    }
}
