import EngineAPI
import Homes
import TerminalUI

// What panels pass on: what opens and closes them, and what the main view's keys ask of its panels.

extension DashboardState {
    mutating func perform(_ action: Action) -> Effect? {
        switch action {
        case .signIn:
            overlay = .signIn(SignInState())
            return .offerSignIn
        case .log: overlay = .log(LogState())
        case .open: openModule()
        case .help: openHelp()
        case .back: goBack()
        case .units: changeUnits()
        case .theme: changeTheme()
        case .arrangement: changeArrangement()
        case .cursor(let steps): moveCursor(by: steps)
        case .nextMeasure, .previousMeasure, .longerSpan, .shorterSpan: changeChart(action)
        case .nextPanel: moveFocus(by: 1)
        case .previousPanel: moveFocus(by: -1)
        case .nextModule: move(.down, in: .readings)
        case .previousModule: move(.up, in: .readings)
        case .move(let movement): move(movement, in: focus.panel)
        case .sort: sort(by: readings.order.next)
        case .reverseOrder: sort(by: readings.order.reversed)
        case .filter: beginFilter()
        case .fetch: return .fetch
        case .renew: return .renew
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        case .openBrowser, .copyAddress, .copyNetatmoAddress, .submit, .scrollLeft, .scrollRight: break
        }
        return nil
    }

    private mutating func changeChart(_ action: Action) {
        chart.perform(action, on: readings.selectedDevice)
        guard case .none = overlay, layout.charts == nil else { return }
        say("No room for a chart here: Enter shows the module with its charts", .accent)
    }

    private mutating func openModule() {
        guard readings.selectedDevice != nil else { return }
        chart.removeCursor()
        overlay = .module(ModuleState())
    }

    private mutating func openHelp() {
        if case .signIn = overlay {
            help = HelpState(title: "Signing in", sections: HelpSection.signIn(port: snapshot.exporter.port))
        } else {
            help = HelpState(title: "Help", sections: HelpSection.all)
        }
    }

    /// Closes what lies on top.
    private mutating func goBack() {
        if help != nil {
            help = nil
        } else if hasChartFocus, chart.cursor != nil {
            chart.removeCursor()
        } else if overlay.hidesMainView {
            overlay = .none
        } else if !readings.filter.isEmpty {
            readings.clearFilter(in: layout.readingsPlace)
        } else if focus.alone != nil {
            show(.token)
        } else {
            message = nil
        }
    }

    // MARK: The main view

    private mutating func moveFocus(by step: Int) {
        chart.removeCursor()
        focus.move(by: step, on: size, rows: tableRows)
        readings.keepSelectionVisible(in: layout.readingsPlace)
    }

    /// Gives a panel the focus, alone on the screen where it has no place otherwise.
    mutating func show(_ panel: PanelName) {
        focus.show(panel, on: size, rows: tableRows)
        readings.keepSelectionVisible(in: layout.readingsPlace)
    }

    mutating func move(_ movement: Movement, in panel: PanelName) {
        switch panel {
        case .readings: readings.move(movement, in: layout.readingsPlace)
        // The charts are the selected module's.
        case .charts: readings.move(movement, in: layout.readingsPlace)
        case .events: events.move(movement, count: snapshot.events.count, in: layout.events)
        case .token: break
        }
    }

    private mutating func sort(by order: ReadingsOrder) {
        show(.readings)
        readings.sort(by: order, in: layout.readingsPlace)
        say(order.description, .accent)
    }

    private mutating func beginFilter() {
        show(.readings)
        readings.beginFilter()
        message = nil
    }

    private mutating func changeTheme() {
        let next = theme.next
        chosenTheme = next
        let words: [Theme: String] = [
            .auto: "Colours that fit the terminal's own", .light: "Colours on white", .dark: "Colours on black", .mono: "No colours",
        ]
        say(words[next] ?? next.rawValue, .accent)
    }

    /// Shows values in other units. Only on the screen: what is served stays metric.
    private mutating func changeUnits() {
        unitChoice = unitChoice.next
        let signs = [Measure.temperature, .rain, .windStrength, .pressure].map(environment.measureText.unit).joined(separator: ", ")
        say("Units on this screen: \(unitChoice.source(ofAccount: snapshot.data.preferences)) (\(signs))", .accent)
    }
}
