import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The line at the top: the program and its homes at the left, the exporter in the middle, the time at the right. What has
/// no room is left out, the middle first.
struct HeaderLine: Widget {
    /// The homes of the user's own stations.
    let homes: [String]
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
        renderExporter(between: left.width + 2, and: rect.columns - right.width - 2, into: &frame, in: rect)
    }

    /// Centred where it fits so, else right behind the title; in short words where there is less room.
    private func renderExporter(between start: Int, and end: Int, into frame: inout Frame, in rect: Rect) {
        guard let text = [false, true].map(exporterText).first(where: { start + $0.width <= end }) else { return }
        let column = max((rect.columns - text.width) / 2, start)
        frame.write(text, at: Point(column: rect.column + min(column, end - text.width), row: rect.row))
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
