import FoundationEssentials
import Netatmo

/// What the token's keeper is at, and what comes next: one request for a new pair at a time, and those that wait for their turn.
///
/// A state machine that decides and does nothing itself, as ``TokenLifecycle`` is for the token; the keeper does what it says.
struct TokenWork {
    /// An order, and its outcome for those who wait for it.
    struct Entry: Sendable {
        let order: TokenOrder
        let outcome = Promise<TokenOutcome>()
    }

    private enum State {
        case resting
        /// NetAtmo is asked for a new pair. A change of the token file waits, since the answer may bring the pair that decides.
        case asking(Entry, since: Date, fileChanged: Bool)
        /// NetAtmo answered at that time; whether the clock was set back meanwhile has not been looked at.
        case answered(at: Date)
        /// The program stops: no order is taken any more.
        case ended
    }

    private var state = State.resting
    private var queue: [Entry] = []
    /// A renewal was wanted while no new token could be saved.
    private(set) var isRenewalOwed = false

    var underWay: (entry: Entry, since: Date)? {
        if case .asking(let entry, let since, _) = state { (entry, since) } else { nil }
    }

    /// Whether no order is taken any more.
    var hasEnded: Bool {
        if case .ended = state { true } else { false }
    }

    var hasWaitingRenewal: Bool { queue.contains { $0.order == .refresh } }

    // MARK: - Orders

    /// Takes an order. A refresh that waits or runs already serves all who want one.
    ///
    /// - Returns: Where its outcome will be; `nil` where no order is taken any more.
    mutating func take(_ order: TokenOrder) -> Entry? {
        guard !hasEnded else { return nil }
        if order == .refresh {
            if let underWay, underWay.entry.order == .refresh { return underWay.entry }
            if let waiting = queue.first(where: { $0.order == .refresh }) { return waiting }
        }
        let entry = Entry(order: order)
        queue.append(entry)
        return entry
    }

    /// Lets a renewal be next, or as soon as there can be one.
    ///
    /// - Parameter canSave: Whether a new token is known to be savable.
    mutating func wantRenewal(canSave: Bool) {
        isRenewalOwed = !canSave
        if canSave { queueRenewal() }
    }

    /// Lets a renewal wait for its turn, unless one does.
    mutating func queueRenewal() {
        if !hasWaitingRenewal { queue.append(Entry(order: .refresh)) }
    }

    /// A renewal that could not be tried follows as soon as a new token can be saved.
    mutating func oweRenewal() {
        isRenewalOwed = true
    }

    mutating func noteNewPair() {
        isRenewalOwed = false
    }

    // MARK: - Turns

    /// The next order: of those that wait, else a renewal that is due.
    mutating func next(isRenewalDue: Bool) -> Entry? {
        if !queue.isEmpty { return queue.removeFirst() }
        return isRenewalDue ? Entry(order: .refresh) : nil
    }

    /// NetAtmo is asked from now on.
    mutating func begin(_ entry: Entry, at now: Date) {
        state = .asking(entry, since: now, fileChanged: false)
    }

    /// NetAtmo answered, or the request failed.
    ///
    /// - Returns: Whether the token file changed meanwhile.
    mutating func finish(at now: Date) -> Bool {
        guard case .asking(_, _, let fileChanged) = state else { return false }
        state = .answered(at: now)
        return fileChanged
    }

    /// When the request before ended, once.
    mutating func takeAnswerTime() -> Date? {
        guard case .answered(let time) = state else { return nil }
        state = .resting
        return time
    }

    /// The token file changed.
    ///
    /// - Returns: Whether that is to be looked at now; where it waits for an answer, ``finish(at:)`` says so.
    mutating func noteFileChange() -> Bool {
        switch state {
        case .resting, .answered: return true
        case .asking(let entry, let since, _):
            state = .asking(entry, since: since, fileChanged: true)
            return false
        case .ended: return false
        }
    }

    /// Takes no order from now on.
    ///
    /// - Returns: Those that had no turn.
    mutating func end() -> [Entry] {
        state = .ended
        defer { queue = [] }
        return queue
    }
}
