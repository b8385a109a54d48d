package import EngineAPI
package import FoundationEssentials
import Homes
package import OperatingSystem
package import TerminalUI

/// What a snapshot has to say that those before it had not, as lines to append: what happened, the token's state where it is
/// another one, and the modules and rooms whose values changed noticeably or that turned stale.
///
/// A module is compared with what was last said of it, so that what changes slowly is said too, once it has gone far enough.
/// Readings turn stale by themselves: the same snapshot may have more to say later.
package struct PlainFollower: Sendable {
    private let settings: StatusSettings
    private let words: PlainWords
    private let status: StatusText
    private var day: String?
    private var connection = EngineConnection.inProcess
    private var lastEvent: Event?
    private var state: TokenStatus.State?
    private var fetchedAt: Date?
    private var roomsFetchedAt: Date?
    /// From when until when no module of those fetches turns stale or, by a clock set back, fresh.
    private var steadiness = Date.beforeAnyClock..<Date.beforeAnyClock
    /// What was last said, by module.
    private var said: [String: ModuleWords.Said] = [:]

    /// Of what happened before the first snapshot so many events are told.
    private static let mostOldEvents = 20

    /// - Parameter symbols: What the reader's locale can show.
    package init(settings: StatusSettings, symbols: Symbols, time: LocalTime = .system) {
        self.settings = settings
        words = PlainWords(symbols: symbols, time: time)
        status = StatusText(symbols: symbols, time: time)
    }

    /// The lines that a snapshot adds, each with a line break at its end.
    package mutating func text(for snapshot: Snapshot, at now: Date) -> String {
        // What happened before comes first, so that no line is of an earlier time than that above it.
        let lines =
            eventLines(snapshot, at: now) + connectionLines(snapshot.connection, at: now) + tokenLines(snapshot, at: now)
            + moduleLines(snapshot, at: now)
        return lines.map { words.line($0) + "\n" }.joined()
    }

    /// A line of its own, such as an address to sign in with.
    package func text(_ line: String, at now: Date) -> String {
        words.line("\(words.time.clock(now)) \(line)") + "\n"
    }

    /// How the engine's process is reached, where that is another one and has changed. A loss is said once, whatever else each try ends
    /// with, but for an engine of another release, which trying again does not mend.
    private mutating func connectionLines(_ connection: EngineConnection, at now: Date) -> [String] {
        defer { self.connection = connection }
        let text: String
        switch (self.connection, connection) {
        case (connection, _), (_, .inProcess), (.lost(_, _, .otherVersion), .lost): return []
        case (_, .attached(let engine)): text = "attached: \(engine.name)"
        case (.lost, .lost(_, _, let error)):
            guard case .otherVersion = error else { return [] }
            text = "\(error)"
        case (_, .lost(_, _, let error)): text = "connection lost, trying again: \(error)"
        }
        return newDay(of: now) + ["\(words.time.clock(now)) \(text)"]
    }

    private mutating func eventLines(_ snapshot: Snapshot, at now: Date) -> [String] {
        let known = lastEvent
        lastEvent = snapshot.events.last
        let news =
            known.flatMap { known in snapshot.events.lastIndex(of: known) }
            .map { snapshot.events[($0 + 1)...] } ?? snapshot.events.suffix(Self.mostOldEvents)
        return news.flatMap { event in
            newDay(of: event.time) + ["\(words.time.clock(event.time)) \(event.line { words.clock($0, now: now) })"]
        }
    }

    private mutating func tokenLines(_ snapshot: Snapshot, at now: Date) -> [String] {
        let current = snapshot.token.state(at: now)
        // A renewal says itself how it ended.
        guard current != state, current != .renewing, !snapshot.events.isEmpty else { return [] }
        state = current
        return newDay(of: now) + ["\(words.time.clock(now)) \(status.token(snapshot.token, at: now))"]
    }

    private mutating func moduleLines(_ snapshot: Snapshot, at now: Date) -> [String] {
        let times = (snapshot.data.fetchedAt, snapshot.energy?.fetchedAt)
        guard times != (fetchedAt, roomsFetchedAt) || !steadiness.contains(now) else { return [] }
        (fetchedAt, roomsFetchedAt) = times
        let (stations, freshness) = (snapshot.shownStations, Freshness(at: now, staleAge: settings.staleAge))
        steadiness = freshness.validity(for: stations)
        let modules = ModuleWords(
            words: words, now: now, freshness: freshness, units: snapshot.data.preferences ?? .metric, marksRooms: true)
        let namesHomes = snapshot.data.stations.count > 1 || Set(stations.map { $0.plainNames[0] }).count > 1
        let lines = stations.flatMap { station in
            // A boiler goes on and off all day.
            station.devices.filter { $0.kind != .boiler }.compactMap { device -> String? in
                let (before, next) = (said[device.id], ModuleWords.Said(device: device, isStale: freshness.isStale(device)))
                guard before.map({ next.differsNoticeably(from: $0) }) ?? true else { return nil }
                said[device.id] = next
                let home = namesHomes ? station.plainNames[0] : nil
                return "\(words.time.clock(now)) \(modules.line(device, in: home, after: before))"
            }
        }
        return lines.isEmpty ? [] : newDay(of: now) + lines
    }

    /// The date, once a day.
    private mutating func newDay(of time: Date) -> [String] {
        let date = words.time.date(time)
        guard date != day else { return [] }
        day = date
        return [date]
    }
}

extension ModuleWords.Said {
    /// Whether a reader would want to hear of it again.
    func differsNoticeably(from said: ModuleWords.Said) -> Bool {
        if device.isReachable != said.device.isReachable || isStale != said.isStale { return true }
        let (values, former) = (device.readings?.values ?? [:], said.device.readings?.values ?? [:])
        if values.keys != former.keys || setting != said.setting { return true }
        return Measure.allCases.contains { measure in
            guard let step = measure.noticeableStep, let value = values[measure], let before = former[measure] else { return false }
            return abs(value - before) >= step
        }
    }
}

extension ModuleWords.Said {
    private struct Setting: Hashable {
        let mode: SetpointMode?
        let isWindowOpen: Bool
    }

    /// What of a room's heating is worth a line each time that it changes.
    private var setting: Setting? {
        device.readings?.roomHeating.map { Setting(mode: $0.mode, isWindowOpen: $0.isWindowOpen) }
    }
}

extension Measure {
    /// By how much it has to change to be worth a line, in its unit; `nil` where it never is by itself.
    fileprivate var noticeableStep: Double? {
        switch self {
        case .temperature: 0.5
        // Set, and not measured: each change is worth one.
        case .setpoint: 0.05
        case .heatingPower: 20
        case .humidity: 5
        case .co2: 100
        case .pressure: 1
        case .windStrength: 10
        case .gustStrength: 15
        case .rain, .rainLastHour: 0.1
        case .healthIndex: 1
        case .noise, .absolutePressure, .windAngle, .gustAngle, .temperatureMinimum, .temperatureMaximum, .windStrengthMaximum,
            .windAngleMaximum, .rainToday, .boilerMinutes:
            nil
        }
    }
}
