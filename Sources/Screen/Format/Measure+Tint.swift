import Homes
import TerminalUI

extension Measure {
    /// The colours that it is drawn in.
    var ramp: Ramp {
        // Not as moist, but as warm.
        if self == .heatingPower { return .warmth }
        return switch unit {
        case .celsius, .minutesPerHour: .warmth
        case .percent: .moisture
        case .partsPerMillion, .index: .concern
        case .decibels: .loudness
        case .millibars: .pressure
        case .kilometersPerHour, .degrees: .wind
        case .millimeters: .rain
        }
    }

    /// The colour of a value in the measure's own unit: the same in every chart.
    func tint(of value: Double) -> Tint {
        Tint(ramp, at: intensity(of: value))
    }
}
