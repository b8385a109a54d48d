/// How text is drawn besides its colour.
package struct Attributes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    /// Foreground and background swapped.
    package static let reverse = Attributes(rawValue: 8)
    /// Part of an area: its full blocks are drawn without a gap, and in shades by their tint where there are no colours.
    package static let area = Attributes(rawValue: 16)
}
