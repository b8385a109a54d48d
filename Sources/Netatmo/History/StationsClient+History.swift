package import FoundationEssentials
package import Homes
package import OperatingSystem

extension StationsClient {
    /// What a module, a room or a boiler measured since a time, at the subject's scale, at most 1024 times of it, the earliest first
    /// (`/api/getmeasure`, `/api/getroommeasure`). Of rooms and boilers half hours stand in place of each measurement.
    ///
    /// A time of a coarser scale than each measurement is the beginning of its step, as `real_time` has it; without that NetAtmo gives the
    /// middle. A step that is under way comes as it is so far. Of what NetAtmo keeps nothing at that scale it is not asked.
    ///
    /// - Parameters:
    ///   - end: Until when, both ends included; `nil` for now.
    ///   - purpose: Whom it makes room for.
    ///   - accessToken: A token with the scope `read_station`, for a home coach `read_homecoach`, for a room or a boiler `read_thermostat`.
    package func history(
        of subject: HistorySubject, since start: Date, until end: Date? = nil, for purpose: NetatmoRequest.Purpose = .history,
        accessToken: Secret
    ) async throws(NetatmoError) -> MeasureHistory {
        let (all, values) = (HistoryColumn.all(of: subject), HistoryColumn.values(of: subject))
        guard !all.isEmpty else { return MeasureHistory(measures: subject.measures) }
        do {
            return try await answer(
                HistoryQuestion(subject: subject, columns: all, start: start, end: end), for: purpose, accessToken: accessToken)
        } catch {
            // A module that lacks one of the extremes is refused all it seems; its values are worth one more request.
            guard error.kind == .refused, error.status == 400, all != values, !values.isEmpty else { throw error }
            return try await answer(
                HistoryQuestion(subject: subject, columns: values, start: start, end: end), for: purpose, accessToken: accessToken)
        }
    }

    private func answer(
        _ question: HistoryQuestion, for purpose: NetatmoRequest.Purpose, accessToken: Secret
    ) async throws(NetatmoError) -> MeasureHistory {
        let answer: MeasureAnswer = try await transport.answer(question.path, question.form, for: purpose, accessToken: accessToken)
        return answer.history(of: question.subject, columns: question.columns)
    }
}
