package import FoundationEssentials

/// The answer to the wish to renew the token now.
package enum RenewalReply: Sendable, Hashable, Codable {
    case started
    /// One is under way already; its outcome serves this wish too.
    case alreadyUnderWay
    /// Not before that time, since NetAtmo allows only so many requests.
    case heldBack(until: Date)
    /// There is no refresh token: sign in instead.
    case nothingToRenew
    /// A new token could not be saved. The renewal comes by itself once one can be.
    case notSavable(TokenFileError)
    /// The engine can't be asked: it is another process, which does not answer.
    case unreachable
}
