import Synchronization

/// How many bytes all connections together may hold back beyond what each has read at once.
final class ByteBudget: Sendable {
    let limit: Int
    private let taken = Atomic(0)

    init(limit: Int = 4 << 20) {
        self.limit = limit
    }

    /// Takes that many bytes of it; false where it has not so many left.
    func take(_ count: Int) -> Bool {
        let (_, total) = taken.add(count, ordering: .relaxed)
        guard total > limit else { return true }
        giveBack(count)
        return false
    }

    func giveBack(_ count: Int) {
        if count > 0 { taken.subtract(count, ordering: .relaxed) }
    }
}
