/// What one part of a split asks for, in cells along the direction of the split.
package enum Constraint: Sendable, Hashable {
    /// Exactly this many cells, as long as there are enough.
    case length(Int)
    /// At least this many cells. What no `fill` takes is shared among the minimums.
    case minimum(Int)
    /// A share of what the others leave, by this weight.
    case fill(Int)

    /// Divides `total` cells: the result has one length for each constraint, and their sum is at most `total`.
    ///
    /// Where there is too little, the earlier part gets its cells first.
    package static func lengths(_ constraints: [Constraint], of total: Int) -> [Int] {
        var remaining = max(0, total)
        var lengths = constraints.map { constraint in
            let taken = min(max(0, constraint.base), remaining)
            remaining -= taken
            return taken
        }
        let hasFill = constraints.contains { $0.fillWeight > 0 }
        let weights = constraints.map { hasFill ? $0.fillWeight : $0.minimumWeight }
        for (index, share) in shares(of: remaining, weights: weights).enumerated() {
            lengths[index] += share
        }
        return lengths
    }

    /// Divides `amount` by weight so that the parts add up to it exactly.
    private static func shares(of amount: Int, weights: [Int]) -> [Int] {
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return weights.map { _ in 0 } }
        var weightSoFar = 0
        var givenSoFar = 0
        return weights.map { weight in
            weightSoFar += weight
            let share = amount * weightSoFar / sum - givenSoFar
            givenSoFar += share
            return share
        }
    }

    private var base: Int {
        switch self {
        case .length(let length), .minimum(let length): length
        case .fill: 0
        }
    }

    private var fillWeight: Int {
        if case .fill(let weight) = self { min(max(0, weight), 1000) } else { 0 }
    }

    private var minimumWeight: Int {
        if case .minimum = self { 1 } else { 0 }
    }
}
