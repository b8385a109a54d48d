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
        try await transport.answer("/api/getstationsdata", favorites ? [("get_favorites", "true")] : [], accessToken: accessToken)
    }

    /// All home coaches of the user as stations without modules, with the latest readings (`/api/gethomecoachsdata`).
    ///
    /// - Parameter accessToken: A token with the scope `read_homecoach`.
    package func homeCoaches(accessToken: Secret) async throws(NetatmoError) -> [Station] {
        let data: StationsData = try await transport.answer("/api/gethomecoachsdata", accessToken: accessToken)
        return data.stations
    }

    /// What a module measured since a time, at the subject's scale, at most 1024 times of it, the earliest first (`/api/getmeasure`).
    ///
    /// A time of a coarser scale than each measurement is the beginning of its step, as `real_time` has it; without that NetAtmo gives the
    /// middle. A step that is under way comes as it is so far.
    ///
    /// - Parameters:
    ///   - end: Until when, both ends included; `nil` for now.
    ///   - purpose: Whom it makes room for.
    ///   - accessToken: A token with the scope `read_station`, for a home coach `read_homecoach`.
    package func history(
        of subject: HistorySubject, since start: Date, until end: Date? = nil, for purpose: NetatmoRequest.Purpose = .history,
        accessToken: Secret
    ) async throws(NetatmoError) -> MeasureHistory {
        let (all, values) = (HistoryColumn.all(of: subject), HistoryColumn.values(of: subject))
        do {
            return try await history(of: subject, columns: all, since: start, until: end, for: purpose, accessToken: accessToken)
        } catch {
            // A module that lacks one of the extremes is refused all it seems; its values are worth one more request.
            guard error.kind == .refused, error.status == 400, all != values else { throw error }
            return try await history(of: subject, columns: values, since: start, until: end, for: purpose, accessToken: accessToken)
        }
    }

    private func history(
        of subject: HistorySubject, columns: [HistoryColumn], since start: Date, until end: Date?, for purpose: NetatmoRequest.Purpose,
        accessToken: Secret
    ) async throws(NetatmoError) -> MeasureHistory {
        let seconds = { (time: Date) in String(Int64(min(max(0, time.timeIntervalSince1970), 4e9))) }
        let module = subject.moduleID.map { [("module_id", $0)] } ?? []
        let until = end.map { [("date_end", seconds($0))] } ?? []
        let form: [(name: String, value: String)] =
            [("device_id", subject.deviceID)] + module + [
                ("scale", subject.scale.rawValue), ("type", columns.map(\.type).joined(separator: ",")), ("date_begin", seconds(start)),
            ] + until + [
                ("limit", String(MeasureAnswer.limit)),
                // Days follow the clock of their place: with a time for each none is reckoned from a step of 24 hours.
                ("optimize", subject.scale.isOfCalendar ? "false" : "true"), ("real_time", "true"),
            ]
        let answer: MeasureAnswer = try await transport.answer("/api/getmeasure", form, for: purpose, accessToken: accessToken)
        return answer.history(of: subject, columns: columns)
    }
}
