import TerminalUI

extension DashboardState {
    /// What a key of the main view does.
    mutating func perform(_ action: Action?) -> Effect? {
        switch action {
        case .signIn:
            overlay = .signIn(SignInForm())
            return .offerSignIn
        case .log: overlay = .log(LogScroll())
        case .help: help = Help(title: "Help", sections: HelpSection.all)
        case .units: changeUnits()
        case .open: openModule()
        case .nextMeasure: changeChartMeasure(by: 1)
        case .previousMeasure: changeChartMeasure(by: -1)
        case .longerSpan: changeChartSpan(by: 1)
        case .shorterSpan: changeChartSpan(by: -1)
        case .nextPanel: moveFocus(by: 1)
        case .previousPanel: moveFocus(by: -1)
        case .move(let movement): move(movement)
        case .sort: sortByNext()
        case .reverseOrder: reverseOrder()
        case .filter: beginFilter()
        case .back where !filter.isEmpty: clearFilter()
        case .back where panelAlone != nil: show(.token)
        case .back: message = nil
        case .fetch: return .fetch
        case .renew: return .renew
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        case .openBrowser, .copyAddress, .copyNetatmoAddress, .submit, .scrollLeft, .scrollRight, nil: break
        }
        return nil
    }
}
