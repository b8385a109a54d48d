import Homes
import OperatingSystem
import TerminalUI

/// Measured values as text.
struct MeasureText {
    let symbols: Symbols
    /// The units that values are written in; they come in metric ones.
    let units: Units

    /// A value with its unit: `21.4 °C`, `29.92 inHg`, `41 %`.
    func value(_ value: Double, of measure: Measure) -> String {
        let unit = unit(of: measure)
        return number(value, of: measure) + (unit.isEmpty || measure.unit == .degrees && !symbols.isASCII ? unit : " " + unit)
    }

    /// A value without its unit, in the decimals that the unit is worth.
    func number(_ value: Double, of measure: Measure) -> String {
        number(units.value(value, of: measure), decimals: units.decimals(of: measure))
    }

    /// The sign of a measure's unit; empty where it has none.
    func unit(of measure: Measure) -> String {
        guard symbols.isASCII else { return units.symbol(of: measure) }
        return measure.unit == .degrees ? "deg" : units.symbol(of: measure).filter(\.isASCII)
    }

    /// A number with that many decimals and the typographic minus sign; it stays as it is, whatever the units are.
    func number(_ value: Double, decimals: Int = 0) -> String {
        DecimalText.text(value, decimals: decimals, minus: symbols.minus) ?? symbols.dash
    }

    /// The arrow of a trend; a blank where there is none, so that columns stay aligned.
    func arrow(_ trend: Readings.Trend?) -> String {
        switch trend {
        case .up: symbols.up
        case .down: symbols.down
        case .stable: symbols.steady
        case nil: " "
        }
    }

    /// Where the wind comes from, as one of eight points of the compass; a dash where that is no direction.
    func compass(_ degrees: Double) -> String {
        CompassPoint.name(degrees: degrees) ?? symbols.dash
    }

    /// The wind in words: `14 km/h SW, gusts 31`.
    func wind(_ readings: Readings) -> String? {
        guard let strength = readings[.windStrength] else { return nil }
        let direction = readings[.windAngle].flatMap(CompassPoint.name).map { " " + $0 } ?? ""
        let gusts = readings[.gustStrength].map { ", gusts \(number($0, of: .gustStrength))" } ?? ""
        return value(strength, of: .windStrength) + direction + gusts
    }
}
