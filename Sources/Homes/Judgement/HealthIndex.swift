/// A home coach's judgement of the air around it: `health_idx`.
public enum HealthIndex: Int, Sendable, Hashable, CaseIterable {
    /// The best.
    case healthy
    /// Better than most.
    case fine
    /// In between.
    case fair
    /// Time to open a window.
    case poor
    /// The worst.
    case unhealthy

    /// NetAtmo's word for it.
    public var word: String { "\(self)" }
}

extension Readings {
    /// What a home coach makes of the air; `nil` where it says nothing, or a number that stands for nothing.
    public var health: HealthIndex? {
        self[.healthIndex].flatMap { Int(exactly: $0) }.flatMap(HealthIndex.init)
    }
}
