import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// The readings as a table: which columns it has at a width, and what is in its rows.
struct ReadingsTable {
    private let state: ReadingsState
    private let chart: ChartState
    private let environment: ViewEnvironment
    private let text: MeasureText
    private let shown: [ReadingsColumn]
    /// Those that the width has room for.
    private let fitting: Set<ReadingsColumn>
    /// Whether the units stand behind all values.
    private let isRoomy: Bool
    private let isWide: Bool

    private var symbols: Symbols { environment.symbols }

    /// The most and the fewest cells of a row's own curve.
    private static let curveCells = 12...48
    private static let wideCurveCells = 10...60

    /// - Parameters:
    ///   - width: The cells that the table has in all.
    ///   - isWide: Whether it is on a wide screen, where columns stay beside the names and more of them show.
    init(state: ReadingsState, chart: ChartState, environment: ViewEnvironment, width: Int, isWide: Bool) {
        self.state = state
        self.chart = chart
        self.environment = environment
        self.isWide = isWide
        text = environment.measureText
        let order = state.order
        var columns = ReadingsColumn.columns(of: state.list, order: order, isWide: isWide)
        // The marker at the left, and at the right the mark of where it is scrolled.
        let room = width - 2
        let needed = { [text] (isRoomy: Bool) in
            columns.reduce(columns.count - 1) {
                $0 + $1.tableColumn(isRoomy: isRoomy, isWide: isWide, order: order, text: text).width.least
            }
        }
        if isWide {
            let curve = Self.wideCurveCells
            isRoomy = needed(true) + 1 + curve.lowerBound * 2 <= room
            let cells = min(max(curve.lowerBound, room - needed(isRoomy) - 1), curve.upperBound)
            // What is said of rooms runs over the columns behind the temperature, which a curve among them would cut off.
            let place = state.list.roomCount > 0 ? columns.firstIndex(of: .battery) : columns.firstIndex(of: .today).map { $0 + 1 }
            columns.insert(.curve(cells: cells), at: place ?? columns.count)
        } else {
            isRoomy = needed(true) <= room
            let spare = (room - needed(isRoomy)) * 2 / 3 - 1
            if isRoomy, spare >= Self.curveCells.lowerBound, chart.live.hasCurves {
                let cells = min(spare, Self.curveCells.upperBound)
                columns.insert(.curve(cells: cells), at: columns.firstIndex(of: .battery) ?? columns.count)
            }
        }
        shown = columns
        let tableColumns = columns.map { [isRoomy, text] in
            $0.tableColumn(isRoomy: isRoomy, isWide: isWide, order: order, text: text)
        }
        fitting = Set(Table.shownColumns(tableColumns, in: width).map { columns[$0] })
        self.columns = tableColumns
    }

    let columns: [TableColumn]

    func row(_ index: Int) -> TableRow {
        switch state.list.rows[index] {
        case .home(let title, let isFavorite):
            let line = Line(title, Style.title.underline())
            return [isFavorite ? line.adding(" favourite", .muted) : line]
        case .station(let title): return [Line(title, .title)]
        case .device(let index): return row(of: state.list.devices[index])
        }
    }

    private func row(of device: ReadingsList.Entry) -> TableRow {
        let module = device.module
        let judgement = environment.judgement(of: module)
        if module.kind == .room, module.readings != nil { return room(device, judgement) }
        let note = note(on: module, isStale: judgement.isStale)
        return TableRow(
            cells: shown.map { column in
                guard let note, column.isMeasure else { return cell(column, of: device, judgement) }
                return column == .temperature ? note : ""
            })
    }

    /// A room: its temperature in the column of all temperatures, and what heats it over the columns behind.
    private func room(_ device: ReadingsList.Entry, _ judgement: Judgement) -> TableRow {
        TableRow(
            cells: shown.enumerated().map { index, column in
                guard column.isMeasure else { return cell(column, of: device, judgement) }
                guard column == .temperature else { return "" }
                let value = cell(.temperature, of: device, judgement)
                // As wide as the column but for the arrow of a trend, so that it stands below the others.
                let padding = String(repeating: " ", count: max(0, width(ofColumn: index) - 2 - value.width))
                let words = RoomWords(environment: environment, isStale: judgement.isStale)
                return Line(Line(padding).spans + value.spans + words.line(of: device.module, columns: roomAfterTemperature).spans)
            })
    }

    /// The cells that may be written over behind the temperature.
    private var roomAfterTemperature: Int {
        guard let first = shown.firstIndex(of: .temperature) else { return 0 }
        let after = shown.indices.dropFirst(first + 1).prefix { shown[$0].isMeasure }
        return after.filter { fitting.contains(shown[$0]) }.reduce(2) { $0 + width(ofColumn: $1) + 1 }
    }

    private func width(ofColumn index: Int) -> Int { columns[index].width.least }

    /// What stands in place of values.
    private func note(on module: Device, isStale: Bool) -> Line? {
        guard let readings = module.readings else {
            guard !module.isReachable else { return Line("no readings", .warning) }
            return Line("unreachable" + (module.lastSeen.map { " since \(environment.clock($0))" } ?? ""), .bad)
        }
        if let boiler = readings.boiler { return RoomWords(environment: environment, isStale: isStale).line(of: boiler) }
        return (text.wind(readings) ?? onlyValue(of: module)).map { Line($0, isStale ? .muted : .plain) }
    }

    /// The first value of a module none of whose values has a column on a narrow screen: a rain gauge's, a favourite's pressure.
    private func onlyValue(of module: Device) -> String? {
        guard let readings = module.readings, !isRoomy else { return nil }
        let measured = ReadingsColumn.measures.filter { readings[$0.measure] != nil }
        guard !measured.isEmpty, measured.allSatisfy({ !fitting.contains($0.column) }), let first = measured.first else { return nil }
        let words = first.measure == .rainToday ? " today" : ""
        return readings[first.measure].map { text.value($0, of: first.measure) + words }
    }

    private func cell(_ column: ReadingsColumn, of device: ReadingsList.Entry, _ judgement: Judgement) -> Line {
        let module = device.module
        switch column {
        case .module: return name(of: module, isStale: judgement.isStale)
        case .home: return Line(device.home, .muted)
        case .temperature: return value(.temperature, of: module, judgement, hasTrend: module.kind != .room)
        case .today: return today(module)
        case .humidity: return value(.humidity, of: module, judgement)
        case .co2: return value(.co2, of: module, judgement)
        case .noise: return value(.noise, of: module, judgement)
        case .pressure: return value(.pressure, of: module, judgement, hasTrend: true)
        case .rain: return value(module.readings?[.rainToday] == nil ? .rain : .rainToday, of: module, judgement)
        case .air: return air(module, judgement)
        // Rooms alone have it, and theirs runs over it.
        case .heating: return ""
        case .curve(let cells): return curve(of: module, cells: cells, isStale: judgement.isStale)
        case .battery: return battery(module)
        case .radio: return radio(module)
        case .age: return age(module, isStale: judgement.isStale)
        }
    }

    /// Where no heading says so, a room is told apart from a module of its name.
    private func name(of module: Device, isStale: Bool) -> Line {
        let name = Line(module.title, isStale ? .muted : .plain)
        return module.kind == .room && state.order.criterion != .home ? name.adding(" room", .muted) : name
    }

    private func value(_ measure: Measure, of module: Device, _ judgement: Judgement, hasTrend: Bool = false) -> Line {
        // The place of the arrow stays free where there is none, so that the numbers stand below each other.
        let arrow = hasTrend ? " " + text.arrow(module.readings?.trends[measure]) : ""
        guard let value = module.readings?[measure] else {
            return module.kind.measures.contains(measure) ? Line(symbols.dash + arrow, .muted) : ""
        }
        let style = judgement.style(of: measure) ?? .plain
        return Line(judgement.mark(of: measure, symbols) + number(value, of: measure), style)
            .adding(arrow, judgement.isStale ? .muted : .plain)
    }

    /// The lowest and the highest temperature of the day.
    private func today(_ module: Device) -> Line {
        guard let least = module.readings?[.temperatureMinimum], let greatest = module.readings?[.temperatureMaximum] else { return "" }
        let numbers = [least, greatest].map { text.number($0, of: .temperature) }
        return Line(numbers.map { String(repeating: " ", count: max(0, 6 - displayWidth(of: $0))) + $0 }.joined(), .muted)
    }

    /// A value with as much of its unit as there is room for.
    private func number(_ value: Double, of measure: Measure) -> String {
        guard !isRoomy else { return text.value(value, of: measure) }
        return switch measure.unit {
        case .celsius: text.number(value, of: measure) + (symbols.isASCII ? text.unit(of: measure) : symbols.degree)
        case .percent, .decibels: text.value(value, of: measure)
        default: text.number(value, of: measure)
        }
    }

    private func air(_ module: Device, _ judgement: Judgement) -> Line {
        guard let health = module.readings?.health else { return module.kind == .homeCoach ? Line(symbols.dash, .muted) : "" }
        return Line(judgement.mark(of: .healthIndex, symbols) + health.word, judgement.style(of: .healthIndex) ?? .good)
    }

    /// The latest values of the module's main measure as a row of bars.
    private func curve(of module: Device, cells: Int, isStale: Bool) -> Line {
        let values = chart.curve(of: module, count: cells, at: environment.now)
        let known = values.compactMap(\.self)
        guard known.count > 1, let least = known.min(), let greatest = known.max() else { return "" }
        // At least a unit high, so that a tenth of a degree does not look like a storm.
        let middle = (least + greatest) / 2
        let range = min(least, middle - 0.5)...max(greatest, middle + 0.5)
        guard let measure = module.mainMeasure, !isStale else {
            return Sparkline(values: values, range: range, style: .muted, symbols: symbols).line(columns: cells)
        }
        return Sparkline(values: values, range: range, tint: measure.tint, symbols: symbols).line(columns: cells)
    }

    private func battery(_ module: Device) -> Line {
        guard let level = module.batteryLevel else { return Line(symbols.dash, .muted) }
        let amount = module.battery?.percent.map { "\($0) %" } ?? level.shortWord
        return Line(level.verdict.mark(symbols) + amount, level.verdict.style ?? .plain)
    }

    private func radio(_ module: Device) -> Line {
        guard let level = module.signalLevel else { return Line(symbols.dash, .muted) }
        let bars = symbols.signalBars[level.rawValue]
        return Line(level == .bad ? "\(bars) \(symbols.warning)" : bars, level.verdict.style ?? .good)
    }

    private func age(_ module: Device, isStale: Bool) -> Line {
        guard let readings = module.readings else { return Line(symbols.dash, .muted) }
        let age = readings.time.map { DurationText.stepped(since: $0, at: environment.now) } ?? symbols.dash
        return isStale ? Line(symbols.warning + age, .warning) : Line(age, .plain)
    }
}

extension Device.Kind {
    /// What such a device has values of; where one is missing, that is to be seen.
    fileprivate var measures: Set<Measure> {
        switch self {
        case .base: [.temperature, .humidity, .co2, .noise, .pressure]
        case .homeCoach: [.temperature, .humidity, .co2, .noise]
        case .indoor: [.temperature, .humidity, .co2]
        case .outdoor: [.temperature, .humidity]
        case .rain: [.rain, .rainToday]
        case .room: [.temperature]
        case .wind, .boiler, .other: []
        }
    }
}
