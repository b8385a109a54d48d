package import FoundationEssentials

/// The answer to the wish to fetch the readings now.
package enum FetchReply: Sendable, Hashable, Codable {
    case started
    case alreadyUnderWay
    /// It comes at that time, since NetAtmo allows no more.
    case heldBack(until: Date)
    case noToken
    /// The engine can't be asked: it is another process, which does not answer.
    case unreachable
}
