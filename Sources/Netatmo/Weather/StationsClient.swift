package import Homes
package import OperatingSystem

package struct StationsClient: Sendable {
    let transport: any NetatmoTransport

    package init(transport: any NetatmoTransport) {
        self.transport = transport
    }

    /// All stations of the user, with the latest readings, and the user's preferences (`/api/getstationsdata`).
    ///
    /// - Parameters:
    ///   - accessToken: A token with the scope `read_station`.
    ///   - favorites: Whether stations of others that the user keeps as favourites come too.
    package func stations(accessToken: Secret, favorites: Bool = false) async throws(NetatmoError) -> StationsData {
        try await transport.answer("/api/getstationsdata", favorites ? [("get_favorites", "true")] : [], accessToken: accessToken)
    }

    /// All home coaches of the user as stations without modules, with the latest readings (`/api/gethomecoachsdata`).
    ///
    /// - Parameter accessToken: A token with the scope `read_homecoach`.
    package func homeCoaches(accessToken: Secret) async throws(NetatmoError) -> [Station] {
        let data: StationsData = try await transport.answer("/api/gethomecoachsdata", accessToken: accessToken)
        return data.stations
    }
}
