/// NetAtmo's weather data.
public struct StationsClient: Sendable {
    private let transport: any NetatmoTransport

    /// - Parameter transport: Carries the requests.
    public init(transport: any NetatmoTransport) {
        self.transport = transport
    }

    /// All stations of the user, with the latest readings, and the user's preferences (`/api/getstationsdata`).
    ///
    /// - Parameters:
    ///   - accessToken: A token with the scope `read_station`.
    ///   - favorites: Whether stations of others that the user keeps as favourites come too.
    public func stations(accessToken: Secret, favorites: Bool = false) async throws(NetatmoError) -> StationsData {
        try await data("/api/getstationsdata", favorites ? [("get_favorites", "true")] : [], accessToken: accessToken)
    }

    /// All home coaches of the user as stations without modules, with the latest readings (`/api/gethomecoachsdata`).
    ///
    /// - Parameter accessToken: A token with the scope `read_homecoach`.
    public func homeCoaches(accessToken: Secret) async throws(NetatmoError) -> [Station] {
        try await data("/api/gethomecoachsdata", [], accessToken: accessToken).stations
    }

    private func data(
        _ path: String, _ form: [(name: String, value: String)], accessToken: Secret
    ) async throws(NetatmoError) -> StationsData {
        let answer = try await transport.send(NetatmoRequest(path: path, form: form, accessToken: accessToken))
        do {
            return try answer.decoded(as: StationsData.self)
        } catch {
            throw error.hiding([accessToken])
        }
    }
}
