/// NetAtmo's weather data.
public struct StationsClient: Sendable {
    private let transport: any NetatmoTransport

    /// - Parameter transport: Carries the requests.
    public init(transport: any NetatmoTransport) {
        self.transport = transport
    }

    /// All stations of the user, with the latest readings (`/api/getstationsdata`).
    ///
    /// - Parameter accessToken: A token with the scope `read_station`.
    public func stations(accessToken: Secret) async throws(NetatmoError) -> [Station] {
        let request = NetatmoRequest(path: "/api/getstationsdata", form: [], accessToken: accessToken)
        let answer = try await transport.send(request)
        do {
            return try answer.decoded(as: StationsData.self).stations
        } catch {
            throw error.hiding([accessToken])
        }
    }
}
