package import EngineAPI
package import FoundationEssentials
package import OperatingSystem
package import TerminalUI

/// All that the screen depends on: what it was told, and the states of its panels. A frame is a function of it, a key changes it.
package struct DashboardState: Sendable {
    package internal(set) var snapshot: Snapshot
    package internal(set) var log = LogTail()
    /// The time that ages and countdowns are counted from.
    package internal(set) var now: Date
    package internal(set) var size: Size

    /// Which panel of the main view the arrow keys move in.
    var focus = FocusState()
    var readings: ReadingsState
    var chart = ChartState()
    var events = EventsState()
    /// What lies over the main view.
    var overlay = Overlay.none
    /// The help that lies over all of it.
    var help: HelpState?
    /// What is said at the foot.
    var message: MessageState?
    var unitChoice = UnitChoice.account
    /// The colours that the user chose on the screen.
    var chosenTheme: Theme?
    /// Those where the user chose none there.
    private let givenTheme: Theme

    /// The colours to draw in.
    var theme: Theme { chosenTheme ?? givenTheme }

    /// How old readings may be, where the engine does not say.
    private let staleAge: Duration
    private let time: LocalTime
    let symbols: Symbols
    /// Where the token is kept, as the user knows that place; `nil` where it is not to be shown.
    let tokenFile: String?

    /// - Parameter staleAge: Readings older than this are marked as stale.
    package init(
        snapshot: Snapshot, now: Date, size: Size, staleAge: Duration, time: LocalTime = .system, symbols: Symbols,
        tokenFile: String? = nil, theme: Theme = .auto, preferences: ScreenPreferences = ScreenPreferences()
    ) {
        self.snapshot = snapshot
        self.now = now
        self.size = size
        self.staleAge = staleAge
        self.time = time
        self.symbols = symbols
        self.tokenFile = tokenFile
        givenTheme = theme
        readings = ReadingsState(separator: symbols.separator)
        takeReadings()
        restore(preferences)
    }

    /// What all views draw with.
    var environment: ViewEnvironment {
        ViewEnvironment(
            now: now, time: time, symbols: symbols, units: unitChoice.units(ofAccount: snapshot.data.preferences),
            staleAge: snapshot.connection.engine?.staleAge ?? staleAge
        )
    }

    /// Where the panels of the main view are now.
    var layout: MainLayout { focus.layout(on: size, rows: tableRows) }

    var tableRows: TableRows { TableRows(shown: readings.list.rows.count, all: readings.list.unfilteredRowCount) }

    /// What there is to say of the token.
    var tokenText: TokenText {
        TokenText(status: snapshot.token, events: snapshot.events, environment: environment)
    }
}
