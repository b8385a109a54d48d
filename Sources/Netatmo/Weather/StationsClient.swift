package import FoundationEssentials
package import Homes
package import OperatingSystem

package struct StationsClient: Sendable {
    private let transport: any NetatmoTransport

    package init(transport: any NetatmoTransport) {
        self.transport = transport
    }

    /// All stations of the user, with the latest readings, and the user's preferences (`/api/getstationsdata`).
    ///
    /// - Parameters:
    ///   - accessToken: A token with the scope `read_station`.
    ///   - favorites: Whether stations of others that the user keeps as favourites come too.
    package func stations(accessToken: Secret, favorites: Bool = false) async throws(NetatmoError) -> StationsData {
        try await answer("/api/getstationsdata", favorites ? [("get_favorites", "true")] : [], accessToken: accessToken)
    }

    /// All home coaches of the user as stations without modules, with the latest readings (`/api/gethomecoachsdata`).
    ///
    /// - Parameter accessToken: A token with the scope `read_homecoach`.
    package func homeCoaches(accessToken: Secret) async throws(NetatmoError) -> [Station] {
        let data: StationsData = try await answer("/api/gethomecoachsdata", accessToken: accessToken)
        return data.stations
    }

    /// What a module measured since a time, as finely as NetAtmo keeps it, at most 1024 times of it (`/api/getmeasure`).
    ///
    /// - Parameter accessToken: A token with the scope `read_station`, for a home coach `read_homecoach`.
    package func history(of subject: HistorySubject, since start: Date, accessToken: Secret) async throws(NetatmoError) -> MeasureHistory {
        let module = subject.moduleID.map { [("module_id", $0)] } ?? []
        let form: [(name: String, value: String)] =
            [("device_id", subject.deviceID)] + module + [
                ("scale", "max"), ("type", subject.measures.map(\.key).joined(separator: ",")),
                ("date_begin", String(Int64(max(0, start.timeIntervalSince1970)))), ("limit", String(MeasureAnswer.limit)),
                ("optimize", "true"), ("real_time", "true"),
            ]
        let answer: MeasureAnswer = try await answer("/api/getmeasure", form, for: .history, accessToken: accessToken)
        return answer.history(of: subject.measures)
    }

    private func answer<Answer: Decodable>(
        _ path: String, _ form: [(name: String, value: String)] = [], for purpose: NetatmoRequest.Purpose = .data, accessToken: Secret
    ) async throws(NetatmoError) -> Answer {
        let answer = try await transport.send(NetatmoRequest(purpose: purpose, path: path, form: form, accessToken: accessToken))
        do {
            return try answer.decoded(as: Answer.self)
        } catch {
            throw error.hiding([accessToken])
        }
    }
}
