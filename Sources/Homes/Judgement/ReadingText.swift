import OperatingSystem

/// A reading as people read it, in the units that they prefer.
package struct ReadingText: Sendable, Hashable {
    /// A number in the decimals that its unit is worth; a point of the compass for a direction; the word for a home coach's health.
    /// Empty for what is none of these, such as a direction without wind.
    package let text: String
    /// The sign of the unit, empty where there is none.
    package let unit: String

    /// - Parameter value: As NetAtmo sends it: see ``Measure/unit``.
    package init(_ value: Double, of measure: Measure, in units: Units) {
        switch measure {
        case .windAngle, .gustAngle, .windAngleMaximum: (text, unit) = (CompassPoint.name(degrees: value) ?? "", "")
        case .healthIndex: (text, unit) = (HealthIndex(value)?.word ?? "", "")
        default:
            text = DecimalText.text(units.value(value, of: measure), decimals: units.decimals(of: measure)) ?? ""
            unit = units.symbol(of: measure)
        }
    }
}

package enum CompassPoint {
    /// The nearest of eight points of the compass; `nil` for what is no direction, such as the -1 that some gauges send without wind.
    package static func name(degrees: Double) -> String? {
        guard (0...360).contains(degrees) else { return nil }
        return ["N", "NE", "E", "SE", "S", "SW", "W", "NW"][Int((degrees / 45).rounded()) % 8]
    }
}
