/// A home coach's judgement of the air around it: `health_idx`.
package enum HealthIndex: Int, Sendable, Hashable, CaseIterable {
    case healthy, fine, fair, poor, unhealthy

    /// The judgement that a number stands for; `nil` where it stands for nothing.
    package init?(_ value: Double) {
        guard let number = Int(exactly: value) else { return nil }
        self.init(rawValue: number)
    }
}

extension Readings {
    /// What a home coach makes of the air; `nil` where it says nothing, or a number that stands for nothing.
    package var health: HealthIndex? {
        self[.healthIndex].flatMap { HealthIndex($0) }
    }
}
