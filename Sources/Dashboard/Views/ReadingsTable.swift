import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The rows of the readings: a heading for each station where there are several, and a row for each module.
struct ReadingsTable {
    /// A row of the table.
    enum Row: Sendable, Hashable {
        case heading(Station)
        /// A module, and its place among all of them.
        case module(Module, index: Int)
    }

    let rows: [Row]
    private let state: DashboardState
    private let text: MeasureText
    private var symbols: Symbols { state.symbols }

    init(state: DashboardState) {
        self.state = state
        text = state.measureText
        let stations = state.snapshot.data.stations
        var rows: [Row] = []
        var index = 0
        for station in stations {
            if stations.count > 1 { rows.append(.heading(station)) }
            for module in station.devices {
                rows.append(.module(module, index: index))
                index += 1
            }
        }
        self.rows = rows
    }

    /// The row of a module.
    func row(ofModule module: Int) -> Int {
        rows.firstIndex { row in
            if case .module(_, module) = row { true } else { false }
        } ?? 0
    }

    /// The columns; the least important ones go first where the table is narrow.
    var columns: [TableColumn] {
        [
            TableColumn(title: "Module", width: .minimum(10), importance: 100),
            TableColumn(title: "Temp", width: .fixed(8), alignment: .right, importance: 90),
            TableColumn(title: "Hum", width: .fixed(5), alignment: .right, importance: 80),
            TableColumn(title: symbols.co2, width: .fixed(5), alignment: .right, importance: 70),
            TableColumn(title: "Noise", width: .fixed(5), alignment: .right, importance: 30),
            TableColumn(title: "Pressure", width: .fixed(8), alignment: .right, importance: 50),
            TableColumn(title: "Rain", width: .fixed(7), alignment: .right, importance: 60),
            TableColumn(title: "Batt", width: .fixed(6), alignment: .right, importance: 40),
            TableColumn(title: "Radio", width: .fixed(5), importance: 20),
            TableColumn(title: "Age", width: .fixed(7), alignment: .right, importance: 65),
        ]
    }

    /// A row as it is drawn.
    func tableRow(_ index: Int) -> TableRow {
        switch rows[index] {
        case .heading(let station): [Line(title(of: station), Style.title.underline())]
        case .module(let module, _): tableRow(module)
        }
    }

    private func title(of station: Station) -> String {
        let names = [station.homeName ?? station.name ?? station.base.title, station.place?.city]
        let title = names.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " \(symbols.separator) ")
        return station.isFavorite ? title + " (favourite)" : title
    }

    private func tableRow(_ module: Module) -> TableRow {
        let isStale = state.isStale(module)
        let base: Style = isStale ? .muted : .plain
        let name = Line(module.title, base)
        let tail = [battery(module), radio(module), age(module, isStale: isStale)]
        guard module.isReachable || module.readings != nil else {
            let since = module.lastSeen.map { " since \(state.time.clock($0, now: state.now))" } ?? ""
            return TableRow(cells: [name, Line("unreachable\(since)", .bad)] + Array(repeating: "", count: 5) + tail)
        }
        guard let readings = module.readings else {
            return TableRow(cells: [name, Line("no readings", .warning)] + Array(repeating: "", count: 5) + tail)
        }
        if let wind = text.wind(readings) {
            return TableRow(cells: [name, Line(wind, base)] + Array(repeating: "", count: 5) + tail)
        }
        return TableRow(cells: [name] + values(of: readings, base) + tail)
    }

    private func values(of readings: Readings, _ style: Style) -> [Line] {
        [
            value(readings[.temperature]) {
                text.number($0, of: .temperature) + (symbols.isASCII ? text.unit(of: .temperature) : symbols.degree)
            },
            value(readings[.humidity]) { "\(text.number($0)) %" },
            value(readings[.co2]) { text.number($0) },
            value(readings[.noise]) { "\(text.number($0)) dB" },
            value(readings[.pressure]) { text.number($0, of: .pressure) },
            value(readings[.rainToday] ?? readings[.rain]) { text.value($0, of: .rain) },
        ]
        .enumerated()
        .map { index, cell in
            let trend: Readings.Trend?? = index == 0 ? readings.trends[.temperature] : index == 4 ? readings.trends[.pressure] : nil
            let line = Line(cell.text, cell.isMissing ? .muted : styled(cell, index: index, readings, style))
            guard index == 0 || index == 4 else { return line }
            return line.adding(" " + text.arrow(trend ?? nil), cell.isMissing ? .muted : style)
        }
    }

    private func styled(_ cell: (text: String, isMissing: Bool), index: Int, _ readings: Readings, _ style: Style) -> Style {
        guard index == 2, style == .plain, let co2 = readings[.co2] else { return style }
        return co2 > 2000 ? .bad : co2 > 1000 ? .warning : style
    }

    private func value(_ value: Double?, _ format: (Double) -> String) -> (text: String, isMissing: Bool) {
        value.map { (format($0), false) } ?? (symbols.dash, true)
    }

    private func battery(_ module: Module) -> Line {
        guard let percent = module.battery?.percent else { return Line(symbols.dash + "  ", .muted) }
        let isLow = percent <= 15
        return Line("\(percent) % ", isLow ? .bad : .plain).adding(isLow ? symbols.warning : " ", .bad)
    }

    private func radio(_ module: Module) -> Line {
        guard module.isReachable, let signal = module.signal else { return Line(symbols.dash, .muted) }
        let level = text.signalLevel(signal)
        return Line(symbols.signalBars[level], level == 0 ? .bad : level == 1 ? .warning : .good)
    }

    private func age(_ module: Module, isStale: Bool) -> Line {
        guard let time = module.readings?.time else { return Line(symbols.dash, .muted) }
        let age = DurationText.age(of: time, at: state.now)
        return isStale ? Line("\(age) \(symbols.warning)", .warning) : Line(age, .plain)
    }
}
