/// One kind of adversity that the token has to survive.
package protocol Torture: Sendable {
    /// What is done to the program, in a few words.
    var name: String { get }

    /// Does it.
    ///
    /// - Parameters:
    ///   - scale: How much of it.
    ///   - seed: Decides everything that is left to chance; printed, so that a failure can be had again.
    /// - Throws: Only where the torture itself can't be carried out; what the program did wrong is in the result.
    func run(_ scale: TortureScale, seed: UInt64) async throws -> TortureResult
}

/// How much of a torture is done.
package enum TortureScale: Sendable, Hashable {
    /// A few seconds: with each `make test`.
    case short
    /// As often as the figures that are published say: `make torture`.
    case full
}

/// How a torture ended.
package struct TortureResult: Sendable, Hashable {
    /// How many cases were run.
    package var cases: Int
    /// How many faults were met and survived.
    package var faults: Int
    /// How often the program ended up without a token that a client could have kept.
    package var tokensLost: Int
    /// What went wrong, a line each, with what is needed to have it again.
    package var failures: [String]
    /// Figures, a line each.
    package var figures: [String]

    /// Creates a result; without arguments, that of a torture with no cases.
    package init(cases: Int = 0, faults: Int = 0, tokensLost: Int = 0, failures: [String] = [], figures: [String] = []) {
        self.cases = cases
        self.faults = faults
        self.tokensLost = tokensLost
        self.failures = failures
        self.figures = figures
    }
}
