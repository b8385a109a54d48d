/// A row of colours that run from one end of a kind of values to the other. The colours themselves are the terminal's palette's.
package enum Ramp: UInt8, Sendable, Hashable, CaseIterable {
    /// From cold to hot.
    case warmth
    /// From what is well over what needs a look to what is bad.
    case concern
    /// From dry to wet.
    case moisture
    /// From quiet to loud.
    case loudness
    /// From low pressure to high.
    case pressure
    /// From calm to storm.
    case wind
    /// From a drizzle to a downpour.
    case rain
}

/// A colour of a ramp, for terminals that have enough of them; the others show the role that stands beside it.
package struct Tint: Sendable, Hashable {
    package let ramp: Ramp
    /// From 0 to ``levels`` - 1.
    package let level: UInt8

    /// As many as the eye tells apart side by side, more or less.
    package static let levels = 64

    /// - Parameter fraction: How far along the ramp, from 0 to 1; what is outside counts as the nearer end.
    package init(_ ramp: Ramp, at fraction: Double) {
        self.ramp = ramp
        let clamped = fraction.isFinite ? min(1, max(0, fraction)) : 0
        level = UInt8((clamped * Double(Self.levels - 1)).rounded())
    }

    init(_ ramp: Ramp, level: UInt8) {
        self.ramp = ramp
        self.level = level
    }

    /// All there are, ramp by ramp.
    package static let all = Ramp.allCases.flatMap { ramp in (0..<levels).map { Tint(ramp, level: UInt8($0)) } }

    /// The place among ``all``.
    package var index: Int { Int(ramp.rawValue) * Self.levels + Int(level) }

    /// How far along the ramp, from 0 to 1.
    package var fraction: Double { Double(level) / Double(Self.levels - 1) }
}
