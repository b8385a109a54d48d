import Dispatch
import OperatingSystem
import Synchronization

/// Judges passwords: at once where the same one was right before, else by bcrypt, one after the other on a thread of its own.
///
/// Bcrypt is slow on purpose. Who sends many wrong passwords takes that one thread, and no more; and of what waits for it, each client
/// has a part.
package final class PasswordDesk: Sendable {
    package enum Verdict: Sendable, Hashable {
        case right
        case wrong
        /// So many wait to be judged that this one is not.
        case busy
    }

    fileprivate struct State {
        var users: [String: BcryptHash]
        /// The password of each user who has shown it since the user's hash was read.
        var shown: [String: Secret] = [:]
        /// How many of each client's wait.
        var waiting: [String: Int] = [:]
        var waitingInAll = 0
    }

    /// How many may wait, of one client and in all.
    static let longestQueue = (ofClient: 4, inAll: 16)

    private let state: Mutex<State>
    private let edition = Atomic(0)
    private let matches: @Sendable (Secret, BcryptHash) -> Bool
    private let enqueue: @Sendable (@escaping @Sendable () -> Void) -> Void

    /// - Parameters:
    ///   - matches: Whether a password has a hash.
    ///   - enqueue: Runs one thing after the other, away from all event loops.
    init(
        users: [String: BcryptHash], matches: @escaping @Sendable (Secret, BcryptHash) -> Bool = { $1.matches($0) },
        enqueue: (@Sendable (@escaping @Sendable () -> Void) -> Void)? = nil
    ) {
        state = Mutex(State(users: users))
        self.matches = matches
        let queue = DispatchQueue(label: "netatmo-dashboard.passwords", qos: .utility)
        self.enqueue = enqueue ?? { queue.async(execute: $0) }
    }

    /// Takes the users of a file that was read again. Whose hash is another one has to be judged anew.
    func replace(users: [String: BcryptHash]) {
        state.withLock { state in
            state.shown = state.shown.filter { users[$0.key] != nil && users[$0.key] == state.users[$0.key] }
            state.users = users
        }
        edition.add(1, ordering: .releasing)
    }

    /// Changes when the users do: what was found out before says nothing any more.
    package var editionOfUsers: Int { edition.load(ordering: .acquiring) }

    /// Whether a password is asked for.
    package var isAsking: Bool { state.withLock { !$0.users.isEmpty } }

    /// Whether this user has shown this password before.
    package func knows(_ credentials: BasicCredentials) -> Bool {
        guard let shown = state.withLock({ $0.shown[credentials.user] }) else { return false }
        return shown.reveal().isSameInConstantTime(as: credentials.password.reveal())
    }

    /// Judges a password that is not known.
    ///
    /// - Parameters:
    ///   - client: Whom the queue counts it for.
    ///   - tell: Called once, on any thread.
    package func judge(_ credentials: BasicCredentials, of client: String, _ tell: @escaping @Sendable (Verdict) -> Void) {
        guard state.withLock({ $0.enter(client) }) else { return tell(.busy) }
        enqueue { [self] in
            let isRight = knows(credentials) || isRight(credentials)
            state.withLock { $0.leave(client) }
            tell(isRight ? .right : .wrong)
        }
    }

    private func isRight(_ credentials: BasicCredentials) -> Bool {
        let (hash, isUser) = state.withLock { $0.hash(of: credentials.user) }
        guard let hash, matches(credentials.password, hash), isUser else { return false }
        state.withLock { state in
            if state.users[credentials.user] == hash { state.shown[credentials.user] = credentials.password }
        }
        return true
    }
}

extension PasswordDesk.State {
    fileprivate mutating func enter(_ client: String) -> Bool {
        guard waitingInAll < PasswordDesk.longestQueue.inAll, waiting[client, default: 0] < PasswordDesk.longestQueue.ofClient else {
            return false
        }
        waiting[client, default: 0] += 1
        waitingInAll += 1
        return true
    }

    fileprivate mutating func leave(_ client: String) {
        let rest = (waiting[client] ?? 0) - 1
        waiting[client] = rest > 0 ? rest : nil
        waitingInAll -= 1
    }

    /// The hash of a user. For a name that is no user's it is that of the user whose password takes longest: how long the answer takes
    /// does not tell which names there are.
    fileprivate func hash(of user: String) -> (BcryptHash?, isUser: Bool) {
        if let hash = users[user] { return (hash, true) }
        return (users.values.max { $0.cost < $1.cost }, false)
    }
}
