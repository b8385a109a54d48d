import Exporter
import FoundationEssentials
import System
import TerminalUI

/// The line at the top: the program and its homes at the left, the exporter in the middle, the time at the right. What has
/// no room is left out, the middle first.
struct HeaderLine: Widget {
    let state: DashboardState

    func render(into frame: inout Frame, in rect: Rect) {
        let left = title
        let clock = Line(state.time.dateAndClock(state.now) + " ", .plain)
        let short = Line(state.time.clock(state.now) + " ", .plain)
        let right = left.width + 2 + clock.width <= rect.columns ? clock : short
        let room = Rect(column: rect.column, row: rect.row, columns: rect.columns - right.width - 1, rows: 1)
        TextLine(left, symbols: state.symbols).render(into: &frame, in: room)
        TextLine(right, alignment: .right, symbols: state.symbols).render(into: &frame, in: rect)
        renderExporter(between: left.width + 2, and: rect.columns - right.width - 2, into: &frame, in: rect)
    }

    /// Centred where it fits so, else right behind the title; in short words where there is less room.
    private func renderExporter(between start: Int, and end: Int, into frame: inout Frame, in rect: Rect) {
        guard let text = [exporter(isShort: false), exporter(isShort: true)].first(where: { start + $0.width <= end }) else { return }
        let column = max((rect.columns - text.width) / 2, start)
        frame.write(text, at: Point(column: rect.column + min(column, end - text.width), row: rect.row))
    }

    private var title: Line {
        let name = Line(" netatmo-dashboard", Style.accent.bold())
        let homes = state.readings.ownHomes
        guard let first = homes.first else { return name }
        let others = homes.count > 1 ? " +\(homes.count - 1)" : ""
        return name.adding("  " + clipped(first, to: 40, symbols: state.symbols) + others, .title)
    }

    private func exporter(isShort: Bool) -> Line {
        guard case .listening(let address, _) = state.snapshot.exporter else {
            return Line(isShort ? "starting" : "exporter starting", .muted)
        }
        let line = Line(isShort ? "\(address) " : "exporter \(address) ", .plain)
        guard let scrape = state.lastScrape else {
            return line.adding(state.symbols.hollowBullet, .muted).adding(isShort ? "" : " /metrics not scraped yet", .muted)
        }
        let age = DurationText.stepped(since: scrape, at: state.now)
        return line.adding(state.symbols.bullet, .good).adding(isShort ? " \(age)" : " last scrape \(age) ago", .plain)
    }
}
