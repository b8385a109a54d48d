import Exporter
import Homes
import TerminalUI

/// Which units the screen shows values in.
enum UnitChoice: Sendable, Hashable, CaseIterable {
    /// Those that the NetAtmo account's user chose there.
    case account
    case metric
    case imperial

    /// The one that the next key press leads to.
    var next: UnitChoice {
        switch self {
        case .account: .metric
        case .metric: .imperial
        case .imperial: .account
        }
    }
}

extension DashboardState {
    /// The units that the screen shows values in; metric until NetAtmo told the account's.
    var units: Units {
        switch unitChoice {
        case .account: snapshot.data.preferences ?? .metric
        case .metric: .metric
        case .imperial: .imperial
        }
    }

    /// Writes values in the units and glyphs of the screen.
    var measureText: MeasureText {
        MeasureText(symbols: symbols, units: units)
    }

    /// Shows values in other units. Only on the screen: what is served stays metric.
    mutating func changeUnits() {
        unitChoice = unitChoice.next
        let source =
            switch unitChoice {
            case .account: snapshot.data.preferences == nil ? "NetAtmo's, which did not name any yet" : "as chosen at NetAtmo"
            case .metric: "metric"
            case .imperial: "imperial"
            }
        let text = measureText
        let signs = [Measure.temperature, .rain, .windStrength, .pressure].map(text.unit).joined(separator: ", ")
        say("Units on this screen: \(source) (\(signs))", .accent)
    }
}
