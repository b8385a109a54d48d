package import FoundationEssentials
package import Homes

/// What came of a sign-in by a pasted text.
package enum SignInReply: Sendable, Hashable, Codable {
    /// Done: the token works until then.
    case signedIn(until: Date)
    case failed(SignInError)
}

/// What a device measured, or why there is none of it.
package enum HistoryReply: Sendable, Codable {
    case history(MeasureHistory)
    case failed(HistoryError)
}
