import Homes
import TerminalUI

/// A column of the readings table.
enum ReadingsColumn: Sendable, Hashable {
    case module, home
    case temperature, today, humidity, co2, noise, pressure, rain, air
    /// What a room's row says behind its temperature, where there are not enough columns of measures for it.
    case heating(cells: Int)
    case curve(cells: Int)
    case battery, radio, age

    /// The columns that a list has something for, from left to right.
    static func columns(of list: ReadingsList, order: ReadingsOrder, isWide: Bool) -> [ReadingsColumn] {
        let isRainy = !list.measures.isDisjoint(with: [.rain, .rainToday])
        let columns: [(ReadingsColumn, Bool)] = [
            (.module, true),
            // Where the order tears the homes apart, each row names its own.
            (.home, order.criterion != .home && list.homeCount > 1),
            (.temperature, true),
            (.today, isWide && list.measures.contains(.temperatureMinimum)),
            (.humidity, list.measures.contains(.humidity)),
            (.co2, list.measures.contains(.co2)),
            (.noise, list.measures.contains(.noise)),
            (.pressure, list.measures.contains(.pressure)),
            (.rain, isRainy),
            (.air, list.measures.contains(.healthIndex)),
            (.battery, true),
            (.radio, true),
            (.age, true),
        ]
        let shown = columns.filter(\.1).map(\.0)
        guard list.roomCount > 0, let place = shown.firstIndex(of: .battery) else { return shown }
        // Behind a room's temperature there is none of another measure, so that its words run over these columns.
        // Of these, noise is the first that a narrow table goes without.
        let room = shown.filter { $0.isMeasure && ![.temperature, .noise].contains($0) }.reduce(2) { $0 + $1.space.narrow + 1 }
        let missing = roomWords - room - 1
        return missing > 0 ? shown[..<place] + [.heating(cells: missing)] + shown[place...] : shown
    }

    /// The cells that what is said of a room takes behind its temperature: its setpoint, how much it heats, and why.
    private static let roomWords = 34

    /// Which measure is in which column, what says most about a module first.
    static let measures: [(measure: Measure, column: ReadingsColumn)] = [
        (.temperature, .temperature), (.rainToday, .rain), (.rain, .rain), (.co2, .co2), (.humidity, .humidity), (.pressure, .pressure),
        (.noise, .noise),
    ]

    /// What the column orders by.
    var criterion: ReadingsOrder.Criterion? {
        switch self {
        case .module: .name
        case .temperature: .temperature
        case .humidity: .humidity
        case .co2: .co2
        case .battery: .battery
        case .radio: .radio
        case .age: .age
        case .home, .today, .noise, .pressure, .rain, .air, .heating, .curve: nil
        }
    }

    /// Whether a text in place of values, such as the wind's, may run over it.
    var isMeasure: Bool {
        switch self {
        case .temperature, .today, .humidity, .co2, .noise, .pressure, .rain, .air, .heating: true
        case .module, .home, .curve, .battery, .radio, .age: false
        }
    }

    /// As the table draws it.
    ///
    /// - Parameters:
    ///   - isRoomy: Whether there is room for the units behind all values; where not, headings name them.
    ///   - isWide: Whether columns stay beside the names.
    ///   - order: Its column is marked, and stays longest.
    func tableColumn(isRoomy: Bool, isWide: Bool, order: ReadingsOrder, text: MeasureText) -> TableColumn {
        let isSorted = criterion == order.criterion
        let arrow = isSorted ? " " + (order.isDescending ? text.symbols.down : text.symbols.up) : ""
        return TableColumn(
            title: title(isRoomy: isRoomy, isSorted: isSorted, text: text) + arrow, titleStyle: isSorted ? Style.accent.bold() : .muted,
            width: isSorted && self == .radio ? .fixed(7) : width(isRoomy: isRoomy, isWide: isWide),
            alignment: isAtRight ? .right : .left, importance: isSorted ? 99 : importance(isWide: isWide)
        )
    }

    /// With the unit where the values have none; a mark of the order takes the place of the word's end.
    private func title(isRoomy: Bool, isSorted: Bool, text: MeasureText) -> String {
        switch self {
        case .module: "Module"
        case .home: "Home"
        case .temperature: isRoomy || text.symbols.isASCII ? "Temp" : "\(isSorted ? "T" : "Temp") \(text.unit(of: .temperature))"
        case .today: "   low  high"
        case .humidity: "Hum"
        case .co2: isRoomy || isSorted ? text.symbols.co2 : "\(text.symbols.co2) ppm"
        case .noise: "Noise"
        case .pressure: isRoomy ? "Pressure" : text.unit(of: .pressure)
        case .rain: isRoomy ? "Rain" : "Rain \(text.unit(of: .rain))"
        case .air: "Air"
        case .heating(let cells): cells >= 7 ? "Heating" : ""
        case .curve: "24 h"
        case .battery: "Batt"
        case .radio: "Radio"
        case .age: "Age"
        }
    }

    private func width(isRoomy: Bool, isWide: Bool) -> TableColumn.Width {
        let cells = isRoomy ? space.roomy : space.narrow
        return self == .module && !isWide ? .minimum(cells) : .fixed(self == .module ? cells + 2 : cells)
    }

    /// On a wide screen, where a row has a curve, how well a module is heard matters less than what it measures.
    private func importance(isWide: Bool) -> Int {
        guard isWide else { return space.importance }
        return switch self {
        case .curve: 85
        case .radio: 25
        default: space.importance
        }
    }

    /// The cells, with the units behind all values and without them. The widest values fit: −12.3° or 100.4° with an arrow, 100 % and
    /// 5000 ppm with a mark, 123.4 mm. The narrower the table, the more of the least important columns are gone.
    private var space: (importance: Int, roomy: Int, narrow: Int) {
        switch self {
        case .module: (100, 14, 12)
        case .temperature: (90, 10, 8)
        case .today: (78, 12, 12)
        case .humidity: (80, 6, 6)
        case .co2: (75, 10, 7)
        case .battery: (70, 6, 6)
        case .rain: (65, 8, 7)
        case .age: (60, 8, 8)
        case .home: (55, 20, 12)
        case .air: (50, 9, 9)
        case .radio: (45, 7, 5)
        case .pressure: (40, 13, 8)
        case .noise: (30, 6, 6)
        case .heating(let cells): (72, cells, cells)
        case .curve(let cells): (10, cells, cells)
        }
    }

    private var isAtRight: Bool {
        switch self {
        case .module, .home, .air, .heating, .curve, .radio: false
        case .temperature, .today, .humidity, .co2, .noise, .pressure, .rain, .battery, .age: true
        }
    }
}
