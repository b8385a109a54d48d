/// How text is drawn besides its colour.
package struct Attributes: OptionSet, Sendable, Hashable {
    /// The bits of the set.
    package let rawValue: UInt8

    /// Makes a set from its bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Heavier or brighter.
    package static let bold = Attributes(rawValue: 1)
    /// Fainter.
    package static let dim = Attributes(rawValue: 2)
    /// With a line below.
    package static let underline = Attributes(rawValue: 4)
    /// Foreground and background swapped.
    package static let reverse = Attributes(rawValue: 8)
}
