import EngineAPI
import FoundationEssentials
import Homes
package import TerminalUI

extension DashboardState {
    /// The picture of the state at its size. The same state gives the same frame, always.
    package var frame: Frame {
        var frame = Frame(size: size)
        guard !isTooSmall else {
            drawTooSmall(into: &frame)
            return frame
        }
        let layout = layout
        drawHeaderAndToken(into: &frame, layout: layout)
        if let place = layout.events {
            EventsPanel(events: snapshot.events, state: events, isFocused: focus.panel == .events, environment: environment)
                .render(into: &frame, in: place)
        }
        if let place = layout.readings { readingsPanel.render(into: &frame, in: place) }
        if layout.isWide, let place = layout.charts { chartsPanel.render(into: &frame, in: place) }
        if let place = layout.summary { drawSummary(into: &frame, in: place) }
        footer.render(into: &frame, in: layout.footer)
        drawOverlay(into: &frame)
        return frame
    }

    /// How often, in seconds, time alone draws the readings and the events anew: their ages step no faster.
    private static let restingStep = 5

    /// The frame when nothing but time went on since another one: only what counts by the second is drawn, for most of the seconds.
    func frame(after previous: Frame?) -> Frame {
        guard var frame = previous, frame.size == size, !isTooSmall, help == nil, !overlay.hidesMainView,
            Int(now.timeIntervalSince1970) % Self.restingStep != 0
        else { return self.frame }
        let layout = layout
        for rect in [layout.header, layout.token, layout.footer] { frame.fill(rect) }
        drawHeaderAndToken(into: &frame, layout: layout)
        footer.render(into: &frame, in: layout.footer)
        return frame
    }

    private func drawHeaderAndToken(into frame: inout Frame, layout: MainLayout) {
        HeaderLine(
            homes: readings.list.ownHomes, connection: snapshot.connection, exporter: snapshot.exporter, lastScrape: snapshot.lastScrape,
            environment: environment
        ).render(into: &frame, in: layout.header)
        TokenPanel(text: tokenText, file: tokenFile).render(into: &frame, in: layout.token)
    }

    private var isTooSmall: Bool {
        size.columns < MainLayout.smallest.columns || size.rows < MainLayout.smallest.rows
    }

    /// What lies over the main view has all rows but the first and the last.
    var body: Rect { Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2) }

    private func drawOverlay(into frame: inout Frame) {
        if help != nil || overlay.hidesMainView { frame.fill(body) }
        if let help { return HelpView(state: help, symbols: symbols).render(into: &frame, in: body) }
        switch overlay {
        case .none: break
        case .log(let state): LogView(state: state, log: log, environment: environment).render(into: &frame, in: body)
        // The readings may have come without it meanwhile.
        case .module(let state): view(of: state)?.render(into: &frame, in: body)
        case .signIn(let state): view(of: state).render(into: &frame, in: body)
        }
    }

    /// The selected module in full; `nil` where none is selected.
    func view(of state: ModuleState) -> ModuleView? {
        readings.selectedDevice.map { module in
            // By all that it is: ids of rooms may be another home's too.
            let stations = snapshot.shownStations
            let station = stations.first { $0.devices.contains(module) } ?? stations.first { $0.holds(module) }
            let home = snapshot.energy?.homes.first { $0.id == station?.homeID }
            return ModuleView(
                module: module, state: state, station: station, home: home, neighbours: homeOfSelection, chart: chart,
                environment: environment)
        }
    }

    /// The furthest that the module can be scrolled.
    var lastModuleOffset: Int { view(of: ModuleState())?.lastOffset(in: body) ?? 0 }

    func view(of state: SignInState) -> SignInView {
        SignInView(
            state: state, token: snapshot.token, progress: snapshot.signIn, port: snapshot.exporter.port, environment: environment)
    }

    private var readingsPanel: ReadingsPanel {
        ReadingsPanel(
            state: readings, data: snapshot.data, energy: snapshot.energy, chart: chart, isWide: layout.isWide, focus: focus.panel,
            environment: environment)
    }

    private var chartsPanel: ChartsPanel {
        ChartsPanel(
            module: readings.selectedDevice, home: homeOfSelection, chart: chart, isFocused: focus.panel == .charts,
            environment: environment)
    }

    var footer: Footer { Footer(message: message ?? standingMessage, bindings: bindings, symbols: symbols) }

    /// What is said as long as it holds: that the engine is of another version, which trying again does not mend.
    private var standingMessage: MessageState? {
        guard case .lost(_, _, let error) = snapshot.connection, case .otherVersion = error else { return nil }
        return MessageState(.note("\(error)", .bad), at: now)
    }

    /// What there is beside the token, and the key that shows it.
    private func drawSummary(into frame: inout Frame, in rect: Rect) {
        let words = readingsPanel.summary
        TextLine(" " + (words.isEmpty ? "no readings yet" : words), .muted, symbols: symbols).render(into: &frame, in: rect)
        let key = Line("Tab", .keyName).adding(" shows ")
        if displayWidth(of: words) + 3 + key.width <= rect.columns {
            TextLine(key, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
        }
    }

    private func drawTooSmall(into frame: inout Frame) {
        let smallest = MainLayout.smallest
        let text = "Needs \(smallest.columns)x\(smallest.rows), is \(size.columns)x\(size.rows)"
        Paragraph(text, .warning).render(into: &frame, in: frame.bounds)
    }
}
