import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// What the page of a module shows: its readings, what is known of the device, and all its charts.
struct ModuleContent: Sendable {
    let module: Device
    let station: Station
    let freshness: Freshness
    let units: Units
    let span: HistorySpan
    let now: Date
    let time: LocalTime
    let prefix: String
    /// The home of a room; `nil` of anything else.
    var home: EnergyHome?

    private var links: PageLinks { PageLinks(prefix: prefix) }

    /// - Parameter coarser: Histories that may know when it rained last.
    func html(_ kept: KeptCourse?, coarser: [(HistoryScale, MeasureHistory)]) -> HTML {
        """
        <header class="module-title"><h2><bdi>\(module.title)</bdi></h2><span class="quiet">\(module.kind.words) · <bdi>\(homeTitle)</bdi></span></header>
        <div class="about">
        <section class="panel"><h3>Readings</h3>\(readings)</section>
        <section class="panel"><h3>\(isOfEnergy ? module.kind.word : "Device")</h3><dl class="facts">\(facts.map(Self.row))</dl></section>
        \(room)</div>
        \(charts(kept, coarser))
        """
    }

    private var homeTitle: String {
        Home.homes(of: [station], separator: "·").first?.title ?? ""
    }

    private static func row(_ fact: (name: String, value: HTML)) -> HTML {
        "<dt>\(fact.name)</dt><dd>\(fact.value)</dd>"
    }

    private var isOfEnergy: Bool { module.kind == .room || module.kind == .boiler }

    private var room: HTML? {
        guard let home, let room = home.rooms.first(where: { $0.id == module.id }) else { return nil }
        return RoomContent(room: room, home: home, units: units, now: now, time: time).html
    }

    // MARK: The readings

    private static let order: [Measure] = [
        .temperature, .setpoint, .heatingPower, .temperatureMinimum, .temperatureMaximum, .humidity, .co2, .noise, .pressure,
        .absolutePressure, .windStrength,
        .gustStrength, .windStrengthMaximum, .rain, .rainLastHour, .rainToday, .healthIndex,
    ]

    private var readings: HTML {
        guard let readings = module.readings, !readings.values.isEmpty || readings.heating != nil else {
            return "<p class=\"quiet\">no readings</p>"
        }
        let judgement = Judgement(of: module, freshness)
        let rows = Self.order.compactMap { measure -> HTML? in
            guard let value = readings[measure] else { return nil }
            let shown = ReadingText(value, of: measure, in: units)
            let parts = [shown.text, shown.unit, direction(of: measure, readings), judgement.word(of: measure) ?? ""]
            let when = readings.times[measure].map { "at \(time.shortClock($0))" } ?? readings.trends[measure]?.word
            let note = when.map { " <span class=\"quiet\">\($0)</span>" as HTML }
            let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
            return "<dt>\(measure.pageTitle)</dt><dd\(HTML.role(judgement.verdict(of: measure)))>\(text)\(note)</dd>"
        }
        return "<dl class=\"facts\">\(rows)\(readings.felt.map(row))</dl>\(heating)<p class=\"quiet\">\(age)</p>"
    }

    private var heating: HTML? {
        guard isOfEnergy else { return nil }
        let parts = RoomParts(device: module, freshness: freshness, units: units, now: now, time: time)
        return "\(parts.power)\(parts.state)"
    }

    private func row(_ felt: FeltTemperature) -> HTML {
        let shown = ReadingText(felt.celsius, of: .temperature, in: units)
        let formula = felt.formula.map { " <span class=\"quiet\">\($0.words)</span>" as HTML }
        return "<dt>Feels like</dt><dd>\([shown.text, shown.unit].joined(separator: " "))\(formula)</dd>"
    }

    /// Where the wind of a measure came from.
    private func direction(of measure: Measure, _ readings: Readings) -> String {
        let angles: [Measure: Measure] = [.windStrength: .windAngle, .gustStrength: .gustAngle, .windStrengthMaximum: .windAngleMaximum]
        return angles[measure].flatMap { readings[$0] }.flatMap(CompassPoint.name) ?? ""
    }

    private var age: String {
        let stale = freshness.isStale(module) ? "stale, " : ""
        guard let measured = module.readings?.time else { return "\(stale)measured at an unknown time" }
        return "\(stale)measured \(DurationText.age(of: measured, at: now)) ago, at \(time.clock(measured, now: now))"
    }

    // MARK: The device

    private var facts: [(name: String, value: HTML)] {
        let facts: [(String, HTML?)] = [
            ("Type", "\(module.kind.words)\(rawKind)"),
            ("Reachable", module.reachable.map { $0 ? "yes" : "<span class=\"bad\">no</span>" }),
            ("Battery", battery), (signalName, signal), ("Firmware", module.firmware.map { "\($0)" }),
            ("Last seen", module.lastSeen.map { HTML("\(time.clock($0, now: now))") }), ("Id", HTML(module.id)),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
    }

    /// NetAtmo's word for the type; rooms and boilers have none.
    private var rawKind: HTML? { isOfEnergy ? nil : " <span class=\"quiet\">\(module.kind.rawValue)</span>" }

    private var battery: HTML? {
        guard let battery = module.battery else { return nil }
        let numbers = [battery.percent.map { "\($0) %" }, battery.millivolts.map { "\($0) mV" }, module.batteryLevel?.words]
        return "<span\(HTML.role(module.batteryLevel?.verdict))>\(numbers.compactMap(\.self).joined(separator: ", "))</span>"
    }

    private var signalName: String {
        if case .wifi = module.signal { "Wi-Fi" } else { "Radio" }
    }

    private var signal: HTML? {
        guard let signal = module.signal, let level = module.signalLevel else { return nil }
        return "<span\(HTML.role(level.verdict))>\(level.words)</span> <span class=\"quiet\">\(signal.number)</span>"
    }

    // MARK: The charts

    private func charts(_ kept: KeptCourse?, _ coarser: [(HistoryScale, MeasureHistory)]) -> HTML {
        let measures = module.chartMeasures
        guard !measures.isEmpty else { return "" }
        let note = kept?.outlook?.note(now: now, time: time)
        let charts = measures.enumerated().map { number, measure -> HTML in
            let content = ChartContent(
                module: module, measure: measure, span: span, history: kept?.history ?? MeasureHistory(measures: []), now: now,
                units: units,
                time: time)
            return """
                <figure class="chart panel"><figcaption><h4>\(content.name)<span class="now">\(content.latest)</span></h4>\
                \(Self.summary(content))</figcaption>\
                \(content.figure(number: number, height: 200, isDetailed: true, others: coarser))</figure>

                """
        }
        return """
            <section aria-label="Charts"><header class="charts-header">\(PageLinks.spans(span) { links.module(module.id, span: $0) })</header>
            \(note)<div class="charts large">\(charts)</div></section>
            """
    }

    /// Of what the span comes to: name, value, and when.
    private static func summary(_ content: ChartContent) -> HTML? {
        let facts = content.summary
        guard !facts.isEmpty else { return nil }
        let parts = facts.map { fact -> HTML in
            "<div><dt>\(fact.name)</dt> <dd>\(fact.value)\(fact.when.isEmpty ? nil : " <span class=\"quiet\">\(fact.when)</span>" as HTML)</dd></div> "
        }
        return "<dl class=\"summary\">\(parts)</dl>"
    }
}
