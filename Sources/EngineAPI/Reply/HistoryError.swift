package import FoundationEssentials
package import Homes

/// Why there is no history of a module.
package enum HistoryError: Error, Sendable, Hashable, Codable {
    case noToken
    /// The account has no such device, as far as is known; NetAtmo was not asked.
    case unknownDevice
    /// NetAtmo did not give it; it is asked again from that time on.
    case failed(NetatmoError, next: Date)
    /// The user wanted to see another one before this one's turn came; it was not asked for.
    case overtaken
    /// The engine can't be asked: it is another process, which does not answer.
    case unreachable
    /// The program is stopping.
    case cancelled
}
