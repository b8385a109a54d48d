package import FoundationEssentials
package import Homes
package import OperatingSystem

/// What may be asked of an engine, whether it is in this process or another one: all that a front end has of it.
package protocol EngineClient: Sendable {
    /// The current snapshot and all later ones.
    func snapshots() -> AsyncStream<Snapshot>
    func requestFetch() async -> FetchReply
    func requestRenewal() async -> RenewalReply
    /// What a module measured, at the subject's scale: each measurement of the last three days, half hours of a week, three hours of a
    /// month, days of a year, and weeks of all. Takes its time where NetAtmo has to be asked, some ten seconds for each request before it;
    /// where its limits allow none for longer, `HistoryError.failed` says when it goes on.
    ///
    /// One is asked for at a time: of those that wait only the last one, the others are `HistoryError.overtaken`.
    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory
    /// What a module measured from one time to another, both included: the first 1024 times of it at most, as NetAtmo has them now. Nothing
    /// of it is kept. For who asks for much: it leaves a fifth of an hour's requests to the readings and to the user, and comes behind both.
    func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory
    /// What is kept of the modules' last day, by the module's id, so that curves are there at once; NetAtmo is not asked.
    func keptHistories() async -> [String: MeasureHistory]
    func offerSignIn() async -> SignInOffer?
    func signIn(pasting text: Secret) async throws(SignInError) -> Date
}
