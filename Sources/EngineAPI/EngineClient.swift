package import FoundationEssentials
package import Homes
package import OperatingSystem

/// What may be asked of an engine, whether it is in this process or another one: all that a front end has of it.
package protocol EngineClient: Sendable {
    /// The current snapshot and all later ones.
    func snapshots() -> AsyncStream<Snapshot>
    /// When `/metrics` was last scraped.
    var lastScrape: Date? { get }
    /// Asks for a fetch of the readings now.
    func requestFetch() async -> FetchReply
    /// Asks for a renewal of the token now.
    func requestRenewal() async -> RenewalReply
    /// What a module measured in the last three days; takes its time where NetAtmo has to be asked.
    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory
    /// Begins a sign-in.
    func offerSignIn() async -> SignInOffer?
    /// Signs in with what the user pasted.
    func signIn(pasting text: Secret) async throws(SignInError) -> Date
}
