package import FoundationEssentials

/// The answer to the wish to fetch the readings now.
package enum FetchReply: Sendable, Hashable, Codable {
    /// It has begun.
    case started
    /// One is under way already.
    case alreadyUnderWay
    /// It comes at that time, since NetAtmo allows no more.
    case heldBack(until: Date)
    /// There is no token to do it with.
    case noToken
}
