import Glibc
import Logging
import NIOCore
import OperatingSystem
import Synchronization

/// The connections to the control socket by user, so that none can take them all: each user may have a number of them, and all users
/// but root and the engine's own a number together, so that those two always get in.
///
/// A screen that does not read, one stopped by Ctrl-Z say, keeps its connection as long as there is room. Where there is none, the one
/// that took nothing for the longest time, some minutes at least, makes room; it attaches again by itself once it goes on.
final class ControlConnections: Sendable {
    /// How many there may be; a screen has one or two.
    struct Limits: Sendable, Hashable {
        var perUser = 64
        /// Of all users but root and the engine's own together.
        var ofOthers = 128
        /// Those that are being told that there is no room. Any more are closed without a word.
        var beingRefused = 16
        /// How long, in seconds, one that takes nothing is kept at least.
        var patience = 600.0
    }

    enum Admission: Sendable, Hashable {
        case admitted
        /// There is no room; why, in one line.
        case refused(String)
        /// There is none for that line either.
        case closed
    }

    private struct Connection {
        let channel: any Channel
        let peer: PeerCredentials
        /// Since when it takes nothing, by the clock's uptime.
        var blockedSince: Double?
    }

    private struct State {
        var admitted: [ObjectIdentifier: Connection] = [:]
        var beingRefused = 0
        /// The users whose refusal was told.
        var told: Set<UInt32> = []
    }

    private let limits: Limits
    private let ownUser: UInt32
    private let clock: any WallClock
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameters:
    ///   - ownUser: The one that the engine runs as.
    ///   - logger: Gets a line where a user is refused, and none again before that user has no connection any more.
    init(_ limits: Limits = Limits(), ownUser: UInt32 = geteuid(), clock: any WallClock, logger: Logger) {
        self.limits = limits
        self.ownUser = ownUser
        self.clock = clock
        self.logger = logger
    }

    /// Counts a connection until it is closed, if there is room for it.
    func admit(_ channel: any Channel, of peer: PeerCredentials) -> Admission {
        let (admission, blocked) = state.withLock { state -> (Admission, Connection?) in
            let shortage = shortage(for: peer.userID, in: state)
            let blocked = shortage.flatMap { longestBlocked(of: $0.rivals) }
            if let shortage, blocked == nil { return (refuse(peer, shortage.reason, in: &state), nil) }
            if let blocked { state.admitted[ObjectIdentifier(blocked.channel)] = nil }
            state.admitted[ObjectIdentifier(channel)] = Connection(channel: channel, peer: peer)
            return (.admitted, blocked)
        }
        if let blocked {
            logger.info("control connection of \(blocked.peer) ended: it took nothing for minutes, and \(peer) needs its place")
            blocked.channel.close(promise: nil)
        }
        channel.closeFuture.whenComplete { _ in self.leave(channel, peer, admission) }
        return admission
    }

    /// Why there is no room for another connection of a user, and the connections one of which would have to go; `nil` where there is.
    private func shortage(for user: UInt32, in state: State) -> (reason: String, rivals: [Connection])? {
        let own = state.admitted.values.filter { $0.peer.userID == user }
        guard own.count < limits.perUser else { return ("user \(user) has \(own.count) connections, the most that one may have", own) }
        guard isOther(user) else { return nil }
        let others = state.admitted.values.filter { isOther($0.peer.userID) }
        guard others.count >= limits.ofOthers else { return nil }
        return ("users but root and the engine's own have \(others.count) connections, the most that they may have together", others)
    }

    private func isOther(_ user: UInt32) -> Bool {
        user != 0 && user != ownUser
    }

    private func longestBlocked(of connections: [Connection]) -> Connection? {
        let longest = connections.min { $0.blockedSince ?? .infinity < $1.blockedSince ?? .infinity }
        guard let longest, let since = longest.blockedSince, clock.uptime - since >= limits.patience else { return nil }
        return longest
    }

    private func refuse(_ peer: PeerCredentials, _ reason: String, in state: inout State) -> Admission {
        if state.told.insert(peer.userID).inserted { logger.warning("control connection of \(peer) refused: \(reason)") }
        guard state.beingRefused < limits.beingRefused else { return .closed }
        state.beingRefused += 1
        return .refused(reason)
    }

    private func leave(_ channel: any Channel, _ peer: PeerCredentials, _ admission: Admission) {
        state.withLock { state in
            switch admission {
            case .admitted: state.admitted[ObjectIdentifier(channel)] = nil
            case .refused: state.beingRefused -= 1
            case .closed: break
            }
            if !state.admitted.values.contains(where: { $0.peer.userID == peer.userID }) { state.told.remove(peer.userID) }
        }
    }

    /// Takes note whether a connection takes what is written to it.
    func note(_ channel: any Channel, takesMore: Bool) {
        let now = clock.uptime
        state.withLock { $0.admitted[ObjectIdentifier(channel)]?.blockedSince = takesMore ? nil : now }
    }
}
