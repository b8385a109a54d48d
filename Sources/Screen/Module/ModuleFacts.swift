import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// All that is known of a module, line by line: what it measures now, today's extremes and those of the charts' span, and the device itself.
struct ModuleFacts {
    let module: Device
    let station: Station?
    /// Its home, where NetAtmo Energy tells of it.
    let home: EnergyHome?
    let chart: ChartState
    let environment: ViewEnvironment

    private var text: MeasureText { environment.measureText }
    private var symbols: Symbols { environment.symbols }
    var judgement: Judgement { environment.judgement(of: module) }

    /// The lines in columns, as many as two.
    func columns(_ count: Int) -> [[ModuleFact]] {
        let measured = [now, today, schedule, span(isNarrow: count > 1)].filter { !$0.isEmpty }.joined(separator: [.blank])
        let devices = [device, devicesOfRoom].filter { !$0.isEmpty }.joined(separator: [.blank])
        return count > 1 ? [Array(measured), Array(devices)] : [measured + [.blank] + devices]
    }

    // MARK: What it measures

    private var now: [ModuleFact] {
        guard let readings = module.readings else {
            // Short, since beside it stands what is known of the devices.
            if module.kind == .room { return [.heading("Now", note: ""), .value(name: "Readings", Line(lack, .warning))] }
            let words = module.isReachable ? "NetAtmo sends no readings" : "It can't be reached, so there are no readings"
            return [.heading("Now", note: ""), .value(name: "Readings", Line(words, .warning))]
        }
        let age = readings.time.map { "\(DurationText.age(of: $0, at: environment.now)) ago, at \(environment.clock($0))" }
        let stale = judgement.isStale ? "\(symbols.warning) stale" : nil
        let measured = Self.order.compactMap { measure in
            readings[measure].map { ModuleFact.value(name: name(of: measure), line(of: measure, $0, readings)) }
        }
        return [.heading("Now", note: [age, stale].compactMap(\.self).joined(separator: " "))] + measured + heating
            + felt(readings) + derived(readings)
    }

    private func felt(_ readings: Readings) -> [ModuleFact] {
        guard let felt = readings.felt else { return [] }
        let line = Line(text.value(felt.celsius, of: .temperature))
        return [.value(name: "Feels like", felt.formula.map { line.adding("  \($0.words)", .muted) } ?? line)]
    }

    /// As the eye looks for them. Extremes of the day have a part of their own; directions stand beside their strengths.
    private static let order: [Measure] = [
        .temperature, .setpoint, .heatingPower, .humidity, .co2, .noise, .pressure, .absolutePressure, .windStrength, .gustStrength, .rain,
        .rainLastHour, .rainToday,
        .healthIndex,
    ]

    private func name(of measure: Measure) -> String {
        switch measure {
        case .co2: symbols.co2
        case .pressure: "Pressure, sea"
        case .absolutePressure: "Pressure, here"
        case .rain: "Rain just now"
        case .rainLastHour: "Rain, last hour"
        case .healthIndex: "Air"
        default: measure.title
        }
    }

    private func line(of measure: Measure, _ value: Double, _ readings: Readings) -> Line {
        let mark = judgement.mark(of: measure, symbols)
        let style = judgement.style(of: measure) ?? .plain
        switch measure {
        case .healthIndex:
            return Line([readings.health?.word ?? text.number(value), mark].filter { !$0.isEmpty }.joined(separator: " "), style)
        case .windStrength: return directed(value, measure, readings[.windAngle])
        case .gustStrength: return directed(value, measure, readings[.gustAngle])
        case .heatingPower: return power(value)
        default:
            let line = Line([text.value(value, of: measure), mark].filter { !$0.isEmpty }.joined(separator: " "), style)
            guard let trend = readings.trends[measure] else { return line }
            return line.adding("  \(text.arrow(trend)) \(trend.word)", .muted)
        }
    }

    /// A wind with where it comes from.
    private func directed(_ value: Double, _ measure: Measure, _ angle: Double?) -> Line {
        let line = Line(text.value(value, of: measure))
        guard let angle else { return line }
        return line.adding("  from \(text.compass(angle)), \(text.value(angle, of: .windAngle))", .muted)
    }

    /// What follows from temperature and humidity.
    private func derived(_ readings: Readings) -> [ModuleFact] {
        guard let temperature = readings[.temperature], let humidity = readings[.humidity] else { return [] }
        let air = MoistAir(temperature: temperature, humidity: humidity)
        let facts: [(String, String?)] = [
            ("Dew point", air.dewPoint.map { text.value($0, of: .temperature) }),
            ("Water in the air", air.absoluteHumidity.map { "\(text.number($0, decimals: 1)) g/m\(symbols.isASCII ? "3" : "³")" }),
            ("Heat index", air.heatIndex.map { text.value($0, of: .temperature) }),
        ]
        return facts.compactMap { name, value in value.map { .value(name: name, Line($0)) } }
    }

    private var today: [ModuleFact] {
        guard let readings = module.readings else { return [] }
        let extremes: [(String, Measure)] = [
            ("Lowest", .temperatureMinimum), ("Highest", .temperatureMaximum), ("Strongest wind", .windStrengthMaximum),
        ]
        let facts = extremes.compactMap { name, measure -> ModuleFact? in
            guard let value = readings[measure] else { return nil }
            let direction = measure == .windStrengthMaximum ? readings[.windAngleMaximum].map { "  from \(text.compass($0))" } ?? "" : ""
            let time = readings.times[measure].map { "  at \(environment.time.shortClock($0))" } ?? ""
            return .value(name: name, Line(text.value(value, of: measure)).adding(direction + time, .muted))
        }
        return facts.isEmpty ? [] : [.heading("Today", note: "")] + facts
    }

    // MARK: The device

    private var device: [ModuleFact] {
        let facts: [(String, Line?)] = [
            ("Type", type), ("Home", homeName), ("Reachable", reachable),
            ("Battery", battery), (signalName, signal), ("Firmware", module.firmware.map { Line("\($0)") }), ("Last seen", lastSeen),
            ("Id", Line(module.id)),
        ]
        return [.heading("Device", note: "")] + facts.compactMap { name, line in line.map { .value(name: name, $0) } }
    }

    private var type: Line {
        // NetAtmo's word; what is no type of its own has one where the room was given one.
        let word = module.kind == .boiler ? "" : module.kind == .room ? room?.type ?? "" : module.kind.rawValue
        return Line(module.kind.words).adding(word.isEmpty ? "" : "  \(word)", .muted)
    }

    private var homeName: Line? {
        guard let station else { return nil }
        let names = [station.homeName ?? station.name, station.place?.city].compactMap(\.self).filter { !$0.isEmpty }
        let words = (names.isEmpty ? [station.base.title] : names).joined(separator: " \(symbols.separator) ")
        return Line(words).adding(station.isFavorite ? "  favourite" : "", .muted)
    }

    private var reachable: Line? {
        module.reachable.map { $0 ? Line("yes", .good) : Line("no \(symbols.warning)", .bad) }
    }

    private var battery: Line? {
        guard let battery = module.battery else { return nil }
        let verdict = module.batteryVerdict ?? .fine
        let style = verdict.style ?? .plain
        let level = [module.batteryLevel?.words ?? "", verdict.mark(symbols)].filter { !$0.isEmpty }.joined(separator: " ")
        let numbers = [battery.percent.map { "\($0) %" }, battery.millivolts.map { "\($0) mV" }].compactMap(\.self)
        return Line(level.isEmpty ? "" : level + "  ", style).adding(numbers.joined(separator: ", "), .plain)
    }

    private var signalName: String {
        if case .wifi = module.signal { "Wi-Fi" } else { "Radio" }
    }

    private var signal: Line? {
        guard let signal = module.signal, let level = module.signalLevel else { return nil }
        return Line("\(symbols.signalBars[level.rawValue]) ", level.verdict.style ?? .good)
            .adding("\(level.words)  \(signal.number)")
    }

    private var lastSeen: Line? {
        module.lastSeen.map { time in
            Line(environment.clock(time)).adding("  \(DurationText.age(of: time, at: environment.now)) ago", .muted)
        }
    }
}
