import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The line at the top: the program and its homes at the left, the engine's process where it is another one and the exporter in the
/// middle, the time at the right. What has no room is left out, the middle first; that the connection is lost stays.
struct HeaderLine: Widget {
    /// The homes of the user's own stations.
    let homes: [String]
    let connection: EngineConnection
    let exporter: ExporterStatus
    /// When `/metrics` was last scraped.
    let lastScrape: Date?
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let clock = Line(environment.time.dateAndClock(environment.now) + " ", .plain)
        let short = Line(environment.time.clock(environment.now) + " ", .plain)
        let right = title.width + 2 + clock.width <= rect.columns ? clock : short
        let end = rect.columns - right.width - 2
        let (left, middle) = arrangements.first { $0.left.width + 2 + $0.middle.width <= end } ?? (title, Line([]))
        let room = Rect(column: rect.column, row: rect.row, columns: rect.columns - right.width - 1, rows: 1)
        TextLine(left, symbols: symbols).render(into: &frame, in: room)
        TextLine(right, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
        // Centred where it fits so, else right behind what is at the left.
        let column = min(max((rect.columns - middle.width) / 2, left.width + 2), end - middle.width)
        if middle.width > 0 { frame.write(middle, at: Point(column: rect.column + column, row: rect.row)) }
    }

    /// What may stand at the left and in the middle, the most telling first. To know whether the figures are news is worth more than
    /// whose they are, and that is worth more than the exporter.
    private var arrangements: [(left: Line, middle: Line)] {
        let exporters = [false, true].map(exporterText)
        switch connection {
        case .inProcess: return exporters.map { (title, $0) }
        case .attached(let engine):
            let (attached, short) = (Line("attached: \(engine.name)", .accent), Line("attached: \(engine.shortName)", .accent))
            return exporters.map { (title, Line(attached.spans + [Span("    ")] + $0.spans)) }
                + [(title, attached), (title, short), (name, attached), (name, short), (name, Line("attached", .accent))]
        case .lost(_, let since, _):
            let time = DurationText.age(of: since, at: environment.now)
            let (text, short) = (Line("connection lost \(time), trying again", Style.bad.bold()), Line("lost \(time)", Style.bad.bold()))
            return [(title, text), (name, text), (title, short), (name, short), (Line(" lost \(time)", Style.bad.bold()), Line([]))]
        }
    }

    private var name: Line { Line(" netatmo-dashboard", Style.accent.bold()) }

    private var title: Line {
        guard let first = homes.first else { return name }
        let others = homes.count > 1 ? " +\(homes.count - 1)" : ""
        return name.adding("  " + clipped(first, to: 40, symbols: symbols) + others, .title)
    }

    private func exporterText(isShort: Bool) -> Line {
        guard case .listening(let address, _) = exporter else {
            return Line(isShort ? "starting" : "exporter starting", .muted)
        }
        let line = Line(isShort ? "\(address) " : "exporter \(address) ", .plain)
        guard let scrape = lastScrape else {
            return line.adding(symbols.hollowBullet, .muted).adding(isShort ? "" : " /metrics not scraped yet", .muted)
        }
        let age = DurationText.stepped(since: scrape, at: environment.now)
        return line.adding(symbols.bullet, .good).adding(isShort ? " \(age)" : " last scrape \(age) ago", .plain)
    }
}
