import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// What an engine in another process has told so far, put together from the lines of its state.
struct RemoteState: Sendable {
    private(set) var engine: EngineDescription
    private(set) var snapshot: Snapshot
    private(set) var log: LogTail
    /// Whether the last line brought any; a sign of life brings none.
    private(set) var hasNews = true
    private var stations: [ToldStation]
    private var readings: [Double]

    /// How many events are kept, as in the engine itself.
    private static let mostEvents = 500

    /// Why a line can't be taken.
    enum Fault: Error, Sendable, Hashable {
        /// No JSON of this protocol; the reason.
        case unreadable(String)
        /// The first line of an engine of another version of the protocol, which says that it is of this release.
        case otherVersion(release: String)
    }

    /// Reads the first line, which holds all.
    init(firstLine line: [UInt8]) throws(Fault) {
        try Self.checkVersion(of: line)
        let update = try Self.update(line)
        guard let engine = update.engine else { throw .unreadable("its first line does not say which engine it is") }
        self.engine = engine
        snapshot = Snapshot(connection: .attached(engine))
        log = LogTail()
        (stations, readings) = ([], [])
        try take(update)
    }

    /// Takes a line that follows.
    mutating func take(line: [UInt8]) throws(Fault) {
        try take(Self.update(line))
    }

    private static func update(_ line: [UInt8]) throws(Fault) -> StateUpdate {
        do {
            return try JSONDecoder.status().decode(StateUpdate.self, from: Data(line))
        } catch {
            throw .unreadable("a line that is no state")
        }
    }

    private struct Head: Decodable {
        struct Engine: Decodable {
            let build: Build
        }

        struct Build: Decodable {
            let version: String
        }

        let version: Int
        let engine: Engine
    }

    /// First, since another version may have another shape.
    private static func checkVersion(of line: [UInt8]) throws(Fault) {
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(line)) else { throw .unreadable("a first line that is no state") }
        guard head.version == ControlProtocol.version else {
            throw .otherVersion(release: head.engine.build.version.harmlessLine(limit: 40))
        }
    }

    private mutating func take(_ update: StateUpdate) throws(Fault) {
        hasNews = !update.isEmpty
        if let token = update.token { snapshot.token = token }
        if let signIn = update.signIn { snapshot.signIn = signIn }
        if let exporter = update.exporter { (snapshot.exporter, snapshot.lastScrape) = (exporter.status, exporter.lastScrape) }
        if let events = update.events { take(events) }
        if let lines = update.log { take(lines) }
        if var data = update.data {
            data.stations = snapshot.data.stations
            snapshot.data = data
        }
        if let stations = update.stations { self.stations = stations }
        if let readings = update.readings { self.readings = readings }
        if update.stations != nil || update.readings != nil { snapshot.data.stations = try joined() }
        take(update.energy, update.homes)
    }

    private mutating func take(_ energy: EnergyReadings?, _ homes: [EnergyHome]?) {
        guard var new = energy ?? snapshot.energy else { return }
        // What one of the two does not tell stays as it was.
        if let homes = homes ?? (energy == nil ? nil : snapshot.energy?.homes) { new.homes = homes }
        snapshot.energy = new
    }

    /// The stations with their readings.
    private func joined() throws(Fault) -> [Station] {
        guard let joined = ToldStation.stations(stations, numbers: readings) else {
            throw .unreadable("readings that are not those of its stations")
        }
        return joined
    }

    private mutating func take(_ new: StateUpdate.NewEvents) {
        // Those in between were too many to be kept.
        let isGap = new.from != snapshot.eventCount
        snapshot.events = (isGap ? [] : snapshot.events) + new.events
        if isGap { snapshot.forgottenEvents = new.from }
        let excess = max(0, snapshot.events.count - Self.mostEvents)
        snapshot.events.removeFirst(excess)
        snapshot.forgottenEvents += excess
    }

    private mutating func take(_ new: StateUpdate.NewLines) {
        if new.from != log.end { log = LogTail(startingAt: new.from, file: new.file) }
        log.file = new.file
        for line in new.lines { log.append(line) }
    }
}

extension Snapshot {
    /// The snapshot with the readings of an earlier one, as long as an engine that has just started has none itself: what a screen knows
    /// stays on it.
    func keepingReadings(of earlier: Snapshot) -> Snapshot {
        keepingRooms(of: earlier).keepingStations(of: earlier)
    }

    /// An engine that has fetched its stations and says nothing of rooms is not asked for them. What the token does not allow is not
    /// shown on.
    private func keepingRooms(of earlier: Snapshot) -> Snapshot {
        guard let known = earlier.energy, known.fetchedAt != nil else { return self }
        var snapshot = self
        if var energy {
            guard energy.fetchedAt == nil, !energy.isRefused else { return self }
            energy.homes = known.homes
            energy.fetchedAt = known.fetchedAt
            snapshot.energy = energy
        } else if data.fetchedAt == nil {
            snapshot.energy = known
        }
        return snapshot
    }

    private func keepingStations(of earlier: Snapshot) -> Snapshot {
        guard data.fetchedAt == nil, earlier.data.fetchedAt != nil else { return self }
        var snapshot = self
        snapshot.data.stations = earlier.data.stations
        snapshot.data.fetchedAt = earlier.data.fetchedAt
        snapshot.data.preferences = earlier.data.preferences
        return snapshot
    }
}
