public import Exporter
public import FoundationEssentials
import Homes
public import System
public import TerminalUI

/// All that the screen depends on. A frame is a function of it, a key changes it.
public struct DashboardState: Sendable {
    /// What the engine says.
    public internal(set) var snapshot: Snapshot
    /// What was logged.
    public internal(set) var log = LogTail()
    /// The time that ages and countdowns are counted from.
    public internal(set) var now: Date
    /// When `/metrics` was last scraped.
    public internal(set) var lastScrape: Date?
    /// What lies over the main view.
    var overlay = Overlay.none
    /// The help that lies over all of it.
    var help: Help?
    /// The panel that the arrow keys move in.
    var focus = PanelName.readings
    /// The panel that is shown alone, on a screen that has no place for it beside the token.
    var panelAlone: PanelName?
    /// The rows of the readings.
    var readings: ReadingsList
    /// How they are ordered.
    var order = ReadingsOrder()
    /// What they are filtered by.
    var filter = ReadingsFilter()
    /// The selected device.
    var selection: ReadingsList.Key?
    /// Its row.
    var selectedRow = 0
    /// The first row of the readings that shows.
    var readingsOffset = 0
    /// How many lines the history is scrolled back.
    var historyOffset = 0
    /// Which units values are shown in.
    var unitChoice = UnitChoice.account
    /// What the last key led to, until it is a few seconds old.
    var message: Message?
    /// The readings since the start, for the chart.
    var trail = LiveHistories()
    /// The measure that the charts show, where the user chose one.
    var chosenMeasure: Measure?
    /// How long a time the charts show.
    var chartSpan = ChartSpan.day
    /// What the charts are drawn from.
    var histories = ChartHistories()
    /// The chart that can be seen.
    var shownChart: ShownChart?
    /// The size of the screen.
    public internal(set) var size: Size

    /// Readings older than this are marked as stale.
    let staleAge: Duration
    /// Writes times of day.
    let time: LocalTime
    /// The glyphs of the terminal.
    let symbols: Symbols
    /// Where the token is kept, as the user knows that place; `nil` where it is not to be shown.
    let tokenFile: String?

    /// Creates a state.
    ///
    /// - Parameters:
    ///   - snapshot: What the engine says.
    ///   - now: The time.
    ///   - size: The size of the screen.
    ///   - staleAge: Readings older than this are marked as stale.
    ///   - time: Writes times of day.
    ///   - symbols: The glyphs of the terminal.
    ///   - tokenFile: Where the token is kept, as the user knows that place.
    public init(
        snapshot: Snapshot, now: Date, size: Size, staleAge: Duration, time: LocalTime = .system, symbols: Symbols,
        tokenFile: String? = nil
    ) {
        self.snapshot = snapshot
        self.now = now
        self.size = size
        self.staleAge = staleAge
        self.time = time
        self.symbols = symbols
        self.tokenFile = tokenFile
        readings = ReadingsList(separator: symbols.separator)
        trail.add(snapshot.data.stations)
        takeReadings(of: snapshot.data.stations)
    }
}

/// A panel that can have the focus.
enum PanelName: Sendable, Hashable, CaseIterable {
    case token
    case history
    case readings
}

/// What lies over the main view.
enum Overlay: Sendable {
    case none
    case log(LogScroll)
    /// The selected module in full.
    case module(offset: Int)
    case signIn(SignInForm)

    /// Whether nothing of the main view is to be seen beside it.
    var hidesMainView: Bool {
        if case .none = self { false } else { true }
    }
}

/// What a key led to, said at the foot of the screen for a few seconds.
struct Message: Sendable, Hashable {
    let text: String
    let style: Style
    let until: Date
}
