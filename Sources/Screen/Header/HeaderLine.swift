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
        let left = title
        let clock = Line(environment.time.dateAndClock(environment.now) + " ", .plain)
        let short = Line(environment.time.clock(environment.now) + " ", .plain)
        let right = left.width + 2 + clock.width <= rect.columns ? clock : short
        let room = Rect(column: rect.column, row: rect.row, columns: rect.columns - right.width - 1, rows: 1)
        TextLine(left, symbols: symbols).render(into: &frame, in: room)
        TextLine(right, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
        renderMiddle(between: left.width + 2, and: rect.columns - right.width - 2, into: &frame, in: rect)
    }

    /// Centred where it fits so, else right behind the title; in short words where there is less room.
    private func renderMiddle(between start: Int, and end: Int, into frame: inout Frame, in rect: Rect) {
        guard let text = middle.first(where: { start + $0.width <= end }) else { return renderLoss(before: end, into: &frame, in: rect) }
        let column = max((rect.columns - text.width) / 2, start)
        frame.write(text, at: Point(column: rect.column + min(column, end - text.width), row: rect.row))
    }

    /// What may stand in the middle, the longest first.
    private var middle: [Line] {
        let exporters = [false, true].map(exporterText)
        switch connection {
        case .inProcess: return exporters
        case .attached(let engine):
            let attached = Line("attached: \(engine.name)", .accent)
            return exporters.map { Line(attached.spans + [Span("    ")] + $0.spans) } + [attached]
        case .lost: return [lossText(isShort: false), lossText(isShort: true)].compactMap(\.self)
        }
    }

    /// Over the homes where there is no other room: that the figures are not news is more than whose they are.
    private func renderLoss(before end: Int, into frame: inout Frame, in rect: Rect) {
        guard let text = lossText(isShort: true), text.width < end else { return }
        let column = end - text.width
        frame.fill(Rect(column: rect.column + column - 1, row: rect.row, columns: text.width + 2, rows: 1))
        frame.write(text, at: Point(column: rect.column + column, row: rect.row))
    }

    /// Since when the connection is lost; `nil` where it is not.
    private func lossText(isShort: Bool) -> Line? {
        guard case .lost(_, let since, _) = connection else { return nil }
        let time = DurationText.age(of: since, at: environment.now)
        return Line(isShort ? "lost \(time)" : "connection lost \(time), trying again", Style.bad.bold())
    }

    private var title: Line {
        let name = Line(" netatmo-dashboard", Style.accent.bold())
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
