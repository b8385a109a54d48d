package import EngineAPI
import FoundationEssentials
import Homes
package import OperatingSystem
package import TerminalUI

/// A status in words, line by line, for screen readers, scripts and `watch`: no colours, no drawings, and the same lines in the
/// same order as long as the same things are there.
package struct StatusText: Sendable {
    private let words: PlainWords

    /// - Parameter symbols: What the reader's locale can show.
    package init(symbols: Symbols, time: LocalTime = .system) {
        words = PlainWords(symbols: symbols, time: time)
    }

    private static let eventCount = 5

    /// The whole status, each line with a line break at its end.
    package func text(of report: StatusReport) -> String {
        let (snapshot, now) = (report.snapshot, report.now)
        let sections = [
            [token(snapshot.token, at: now), renewal(snapshot.token, at: now), saving(snapshot.token.saving, at: now)],
            [signIn(snapshot.signIn), readings(snapshot, at: now), snapshot.energy.flatMap { energy($0, at: now) }, exporter(report)],
            [""], stations(report),
            ["History:"], snapshot.events.suffix(Self.eventCount).reversed().map { event($0, at: now) },
        ]
        return sections.joined().compactMap(\.self).map { words.line($0) + "\n" }.joined()
    }

    /// `Token: VALID, expires in 2 h 41 min, at 20:17:52`.
    func token(_ token: TokenStatus, at now: Date) -> String {
        let state = token.state(at: now).plainWord
        guard let expiry = token.expiry else { return "Token: \(state)\(token.hasUnknownExpiry ? ", expiry unknown" : "")" }
        let clock = words.clock(expiry, now: now)
        return expiry > now
            ? "Token: \(state), expires in \(DurationText.words(from: now, to: expiry)), at \(clock)"
            : "Token: \(state), expired \(DurationText.words(from: expiry, to: now)) ago, at \(clock)"
    }

    private func renewal(_ token: TokenStatus, at now: Date) -> String? {
        switch (token.renewal, token.possession) {
        case (.underWay, _): "Renewal: under way"
        case (.failing(let error, _, let next), _): "Renewal: failed\(nextTry(next, at: now)): \(error)"
        case (.idle, .rejected(let error, _)): "Renewal: none, sign in: \(error)"
        case (.idle, .none(let ignored?)):
            "Renewal: none, sign in: the token in the file had expired at \(words.clock(ignored.since, now: now)) and was ignored"
        case (.idle, .token(_, _, let renewsAt?)): "Renewal: due at \(words.clock(renewsAt, now: now))"
        case (.idle, .token), (.idle, .none(nil)): "Renewal: none, there is no refresh token: sign in"
        case (.idle, .refreshTokenOnly): nil
        }
    }

    private func saving(_ saving: TokenStatus.Saving, at now: Date) -> String? {
        switch saving {
        case .nothing: nil
        case .saved(let time): "Saved: at \(words.clock(time, now: now))"
        case .blocked(let error, let next):
            "Saved: a new token could not be, so none is asked for: \(error.reason); \(error.remedy)\(nextTry(next, at: now))"
        case .failed(let error, _): "Saved: no, the token is in memory alone: \(error.reason); \(error.remedy)"
        }
    }

    private func nextTry(_ time: Date?, at now: Date) -> String {
        time.map { ", next try at \(words.clock($0, now: now))" } ?? ""
    }

    private func signIn(_ signIn: SignInStatus) -> String? {
        switch signIn {
        case .waitingForNetatmo: "Sign-in: waiting for NetAtmo's answer"
        case .exchanging: "Sign-in: getting a token"
        case .failed(let reason): "Sign-in: failed: \(reason)"
        case .idle, .offered, .succeeded: nil
        }
    }

    private func readings(_ snapshot: Snapshot, at now: Date) -> String {
        let data = snapshot.data
        let modules = data.fetchedAt.map { _ in words.count(data.stations.map(\.devices.count).reduce(0, +), "module") }
        let rooms = snapshot.energy.flatMap { energy in energy.fetchedAt.map { _ in words.count(energy.roomCount, "room") } }
        let counts = [modules, rooms].compactMap(\.self).joined(separator: ", ")
        let fetched = (data.fetchedAt ?? snapshot.energy?.fetchedAt).map { "\(counts), fetched at \(words.clock($0, now: now))" }
        let next = data.isFetching ? ", being fetched" : data.nextFetch.map { ", next fetch at \(words.clock($0, now: now))" } ?? ""
        let failure = data.lastAttempt?.error.map { ", last try failed: \($0)" } ?? ""
        return "Readings: \(fetched ?? "none")\(next)\(failure)"
    }

    /// What stands in the way of rooms and thermostats; `nil` where nothing does.
    private func energy(_ energy: EnergyReadings, at now: Date) -> String? {
        if energy.isRefused { return "Energy: the token does not allow thermostats (NetAtmo Energy): sign in again to see them" }
        guard let error = energy.lastAttempt?.error else { return nil }
        return "Energy: failed\(nextTry(energy.nextFetch, at: now)): \(error)"
    }

    private func exporter(_ report: StatusReport) -> String {
        guard case .listening(let address, _) = report.snapshot.exporter else { return "Exporter: not running" }
        let scrape = report.lastScrape.map { "last scrape \(DurationText.words(from: $0, to: report.now)) ago" } ?? "never scraped"
        return "Exporter: on \(address), \(scrape)"
    }

    /// A heading each, then its modules or rooms, then an empty line.
    private func stations(_ report: StatusReport) -> [String?] {
        let modules = ModuleWords(
            words: words, now: report.now, freshness: report.freshness, units: report.units, isDetailed: true)
        return report.snapshot.stationsByHome.flatMap { station -> [String?] in
            let heading = station.plainNames + remarks(on: station, in: report.snapshot)
            return [heading.joined(separator: ", ") + ":"] + station.devices.map { modules.line($0) } + [""]
        }
    }

    /// That it is a favourite, or holds rooms, and what the whole home does where that is not its schedule.
    private func remarks(on station: Station, in snapshot: Snapshot) -> [String] {
        guard station.holdsRooms else { return station.isFavorite ? ["a favourite"] : [] }
        let mode = snapshot.energy?.homes.first { $0.id == station.homeID }?.mode
        return ["rooms"] + (mode.flatMap { $0 == .schedule ? nil : [$0.word] } ?? [])
    }

    private func event(_ event: Event, at now: Date) -> String {
        "\(words.clock(event.time, now: now)) \(event.line(clock: { words.clock($0, now: now) }, describe: \.reason))"
    }
}

extension TokenStatus.State {
    /// The word on the screen.
    package var plainWord: String {
        self == .missing ? "NO TOKEN" : rawValue.uppercased()
    }
}

extension Snapshot {
    /// The weather stations, and the rooms of a home behind the last of its stations.
    fileprivate var stationsByHome: [Station] {
        let rooms = energy?.roomStations ?? []
        guard !rooms.isEmpty else { return data.stations }
        var last: [String: Int] = [:]
        for (index, station) in data.stations.enumerated() {
            if let home = station.homeID { last[home] = index }
        }
        let own = Dictionary(grouping: rooms) { $0.homeID ?? "" }
        let withRooms = data.stations.enumerated().flatMap { index, station in
            [station] + (station.homeID.flatMap { last[$0] == index ? own[$0] : nil } ?? [])
        }
        return withRooms + rooms.filter { $0.homeID.map { last[$0] == nil } ?? true }
    }
}

extension Station {
    /// Whether it holds a home's rooms and boilers in place of modules.
    fileprivate var holdsRooms: Bool { base.kind == .room || base.kind == .boiler }

    /// Its home, or its own name where NetAtmo gives no home, and its city where that says something new; one at least.
    var plainNames: [String] {
        let names = [homeName ?? name, place?.city].compactMap(\.self).filter { !$0.isEmpty }
        let different = names.enumerated().filter { !names.prefix($0.offset).contains($0.element) }.map(\.element)
        return different.isEmpty ? ["Station \(base.id.suffix(2))"] : different
    }
}
