import EngineAPI
import FoundationEssentials
import Homes

/// What one reader of the state was told, and so what it lacks. A reader that is slow is told the newest state in place of all that it
/// missed, and nothing is kept for it meanwhile.
struct ToldState: Sendable {
    private var token: TokenStatus?
    /// Without the stations, so that an old answer of NetAtmo is not kept.
    private var data: DataStatus?
    /// Without the homes, which change less often.
    private var energy: EnergyReadings?
    private var homes: [EnergyHome]?
    private var eventCount = 0
    private var exporter: StateUpdate.ExporterPart?
    private var signIn: SignInStatus?
    private var lineCount = 0
    private var logFile: LogFileStatus?
    private var hasEngine = false

    /// What the reader lacks of a state, all but the stations. It is taken for told from then on.
    ///
    /// - Parameters:
    ///   - engine: Which engine it is; told once.
    ///   - now: When it is told.
    mutating func update(to snapshot: Snapshot, log: LogTail, of engine: EngineDescription, at now: Date) -> StateUpdate {
        var update = StateUpdate(at: now)
        if !hasEngine {
            update.engine = engine
            update.events = .init(from: snapshot.forgottenEvents, events: [])
            hasEngine = true
        }
        update.token = Self.news(snapshot.token, &token)
        var data = snapshot.data
        data.stations = []
        update.data = Self.news(data, &self.data)
        if let energy = snapshot.energy { take(energy, into: &update) }
        update.signIn = Self.news(snapshot.signIn, &signIn)
        update.exporter = Self.news(.init(status: snapshot.exporter, lastScrape: snapshot.lastScrape), &exporter)
        takeEvents(of: snapshot, into: &update)
        take(log, into: &update)
        return update
    }

    /// The value, where it is another one than that told.
    private static func news<Value: Equatable>(_ value: Value, _ told: inout Value?) -> Value? {
        guard value != told else { return nil }
        told = value
        return value
    }

    private mutating func take(_ energy: EnergyReadings, into update: inout StateUpdate) {
        update.homes = Self.news(energy.homes, &homes)
        var status = energy
        status.homes = []
        update.energy = Self.news(status, &self.energy)
    }

    private mutating func takeEvents(of snapshot: Snapshot, into update: inout StateUpdate) {
        let new = snapshot.eventCount - eventCount
        guard new > 0 else { return }
        let events = Array(snapshot.events.suffix(new))
        update.events = .init(from: snapshot.eventCount - events.count, events: events)
        eventCount = snapshot.eventCount
    }

    private mutating func take(_ log: LogTail, into update: inout StateUpdate) {
        guard log.end > lineCount || log.file != logFile else { return }
        let lines = Array(log.lines(from: lineCount))
        update.log = .init(from: log.end - lines.count, lines: lines, file: log.file)
        lineCount = log.end
        logFile = log.file
    }
}
