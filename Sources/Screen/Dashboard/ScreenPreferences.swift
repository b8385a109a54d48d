import Homes
package import TerminalUI

/// What the user changed on the screen, to be there again next time. In JSON, of words that stay; a word that is not known counts as none.
package struct ScreenPreferences: Sendable, Hashable {
    var units = UnitChoice.account
    var order = ReadingsOrder()
    var span = HistorySpan.day
    var measure: Measure?
    var arrangement = ChartArrangement.measures
    var panel = PanelName.readings
    /// The one that the user chose here, which an option of the command line overrides.
    package var theme: Theme?

    package init() {}
}

extension ScreenPreferences: Codable {
    private enum Key: String, CodingKey {
        case units, order, reversed, span, measure, charts, panel, theme
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        func word<Value>(_ key: Key, _ value: (String) -> Value?) -> Value? {
            (try? json.decodeIfPresent(String.self, forKey: key)).flatMap { $0.flatMap(value) }
        }
        units = word(.units, UnitChoice.init(rawValue:)) ?? .account
        order.criterion = word(.order, ReadingsOrder.Criterion.init(rawValue:)) ?? .home
        order.isReversed = (try? json.decodeIfPresent(Bool.self, forKey: .reversed)).flatMap(\.self) ?? false
        span = word(.span, HistorySpan.init(rawValue:)) ?? .day
        measure = word(.measure, Measure.init(jsonKey:))
        arrangement = word(.charts, ChartArrangement.init(rawValue:)) ?? .measures
        panel = word(.panel, PanelName.init(rawValue:)) ?? .readings
        theme = word(.theme, Theme.init(rawValue:))
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(units.rawValue, forKey: .units)
        try json.encode(order.criterion.rawValue, forKey: .order)
        try json.encode(order.isReversed, forKey: .reversed)
        try json.encode(span.rawValue, forKey: .span)
        try json.encodeIfPresent(measure?.jsonKey, forKey: .measure)
        try json.encode(arrangement.rawValue, forKey: .charts)
        try json.encode(panel.rawValue, forKey: .panel)
        try json.encodeIfPresent(theme?.rawValue, forKey: .theme)
    }
}

extension DashboardState {
    /// What is to be there again next time.
    package var preferences: ScreenPreferences {
        var preferences = ScreenPreferences()
        preferences.units = unitChoice
        preferences.order = readings.order
        preferences.span = chart.span
        preferences.measure = chart.chosenMeasure
        preferences.arrangement = chart.arrangement
        preferences.panel = focus.panel
        preferences.theme = chosenTheme
        return preferences
    }

    /// Shows what the user chose before.
    mutating func restore(_ preferences: ScreenPreferences) {
        unitChoice = preferences.units
        readings.sort(by: preferences.order, in: layout.readingsPlace)
        chart.restore(preferences.span, preferences.measure, preferences.arrangement)
        chosenTheme = preferences.theme
        // One that has no place on this screen is not shown alone in place of all others.
        if MainLayout.stops(on: size, rows: tableRows).contains(preferences.panel) { focus.panel = preferences.panel }
    }
}
