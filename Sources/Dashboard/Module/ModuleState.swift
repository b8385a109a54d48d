import TerminalUI

extension DashboardState {
    /// Opens the view of the selected module.
    mutating func openModule() {
        guard selectedDevice != nil else { return }
        overlay = .module(offset: 0)
    }

    /// What a key does in the view of a module.
    mutating func handle(_ key: Key, inModuleAt offset: Int) -> Effect? {
        switch KeyBinding.action(of: key, in: KeyBinding.module) {
        case .back: overlay = .none
        // To the next module, in the order of the readings.
        case .move(.up): move(.up, in: .readings)
        case .move(.down): move(.down, in: .readings)
        case .move(let movement): scrollModule(movement)
        case .nextMeasure: changeChartMeasure(by: 1)
        case .previousMeasure: changeChartMeasure(by: -1)
        case .longerSpan: changeChartSpan(by: 1)
        case .shorterSpan: changeChartSpan(by: -1)
        case .units: changeUnits()
        case .help: help = Help(title: "Help", sections: HelpSection.all)
        case .signIn, .log, .fetch, .renew: return perform(KeyBinding.action(of: key, in: KeyBinding.module))
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }

    /// Scrolls the view of a module.
    mutating func scrollModule(_ movement: Movement, by lines: Int = 1) {
        guard case .module(let offset) = overlay, let module = selectedDevice else { return }
        let last = ModuleView(module: module, offset: offset, state: self).lastOffset
        let page = max(1, size.rows - 5)
        let target = (0..<lines).reduce(min(offset, last)) { offset, _ in movement.applied(to: offset, page: page, last: last) }
        overlay = .module(offset: target)
    }
}
