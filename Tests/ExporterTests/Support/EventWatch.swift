import FoundationEssentials
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes

/// Looks at each event of a run whether the snapshot that it first appears in holds the state that it is about: publish, then tell.
///
/// The benches have one each, so that all that they are used for is looked at.
struct EventWatch {
    private let store: SnapshotStore
    private let snapshots: AsyncStream<Snapshot>

    /// Looks at what comes from now on.
    init(_ store: SnapshotStore) {
        self.store = store
        snapshots = store.snapshots(buffering: .unbounded)
    }

    /// Fails the test for each event that came too early.
    func check() async {
        for fault in await faults() { Issue.record("\(fault)") }
    }

    /// The events that came before their state, in words.
    func faults() async -> [String] {
        let end = ExporterStatus.listening(address: "the end of the watch", port: 0)
        store.update { $0.exporter = end }
        var before: [Event]?
        var faults: [String] = []
        for await snapshot in snapshots {
            if let before, snapshot.events != before, let event = snapshot.events.last, let state = event.kind.missingState(in: snapshot) {
                faults.append("\(event.kind) came while \(state)")
            }
            before = snapshot.events
            if snapshot.exporter == end { break }
        }
        return faults
    }
}

extension Event.Kind {
    /// What the snapshot says instead of what the event is about; `nil` where it says just that.
    fileprivate func missingState(in snapshot: Snapshot) -> String? {
        let (token, data) = (snapshot.token, snapshot.data)
        switch self {
        case .tokenLoaded(let until):
            // One that nobody can date has no expiry to compare.
            return until == nil || token.expiry == until ? nil : "the token is \(token)"
        case .tokenRenewed(let until, _):
            return token.expiry == until && token.renewal.isOver ? nil : "the token is \(token)"
        case .tokenMissing:
            if case .none = token.possession { return nil }
            return "the token is \(token.possession)"
        case .renewalFailed(let error, let next):
            if case .failing(error, _, let at) = token.renewal, next == nil || at == next { return nil }
            // Where none comes by itself, one that failed changes nothing.
            if next == nil, token.renewal == .idle { return nil }
            return "its renewal is \(token.renewal)"
        case .tokenRejected(let error):
            if case .rejected(error, _) = token.possession { return nil }
            return "the token is \(token.possession)"
        case .tokenExpired: return token.expiry.map { $0 <= snapshot.lastTime } ?? false ? nil : "the token is \(token.possession)"
        case .tokenTakenOver: return token.saving == .nothing ? nil : "the token before is \(token.saving)"
        case .previousFound, .tokenRecovered:
            if case .none(ignored: nil) = token.possession { return "the token is \(token.possession)" }
            return nil
        case .tokenFileProblem(.gone), .tokenFileProblem(.usedUp):
            // The token at hand is written again first.
            guard case .token = token.possession else { return nil }
            if case .saved(let time) = token.saving, time < snapshot.lastTime { return "the token was \(token.saving)" }
            return token.saving == .nothing ? "the token is \(token.saving)" : nil
        case .takenOverRefused:
            guard case .token = token.possession else { return "the token is \(token.possession)" }
            return token.saving == .nothing ? "the token is \(token.saving)" : nil
        case .saveFailed(let error, _):
            if case .failed(error, _) = token.saving { return nil }
            return "the token is \(token.saving)"
        case .savedAtLast:
            if case .saved = token.saving { return nil }
            return "the token is \(token.saving)"
        case .savingBlocked(let error, _):
            if case .blocked(error, _) = token.saving { return nil }
            return "the token is \(token.saving)"
        case .savingWorksAgain:
            if case .blocked = token.saving { return "the token is \(token.saving)" }
            return nil
        case .signInStarted:
            if case .waitingForNetatmo = snapshot.signIn { return nil }
            return "the sign-in is \(snapshot.signIn)"
        case .signedIn(let until): return snapshot.signIn == .succeeded(until: until) ? nil : "the sign-in is \(snapshot.signIn)"
        case .signInFailed(let reason): return snapshot.signIn == .failed(reason: reason) ? nil : "the sign-in is \(snapshot.signIn)"
        case .dataFetched(let modules, _):
            let count = data.stations.map(\.devices.count).reduce(0, +)
            return count == modules && data.isUp && !data.isFetching ? nil : "there are \(count) modules, after \(data.attemptInWords)"
        case .dataFailed(let error, let next):
            return data.lastAttempt?.error == error && data.nextFetch == next ? nil : "the last try is \(data.attemptInWords)"
        case .dataKept: return data.isUp && !data.stations.isEmpty ? nil : "there are no stations"
        case .homeCoachRefused: return data.isUp && !data.isFetching ? nil : "the last try is \(data.attemptInWords)"
        case .energyFetched(let rooms):
            let energy = snapshot.energy
            return energy?.isUp == true && energy?.roomCount == rooms ? nil : "there are \(energy?.roomCount ?? 0) rooms"
        case .energyFailed(let error, let next):
            let energy = snapshot.energy
            return energy?.lastAttempt?.error == error && energy?.nextFetch == next ? nil : "the last try of Energy is another"
        case .energyRefused: return snapshot.energy?.isRefused == true ? nil : "Energy is not refused"
        case .dataHeldBack(let until):
            return data.nextFetch == until ? nil : "the next fetch is \(data.nextFetch.map { "\($0)" } ?? "none")"
        case .exporterStarted:
            if case .listening = snapshot.exporter { return nil }
            return "the exporter is \(snapshot.exporter)"
        default: return nil
        }
    }
}

extension Snapshot {
    /// When the last event happened.
    fileprivate var lastTime: Date { events.last?.time ?? .distantPast }
}

extension TokenStatus.Renewal {
    /// Whether no request is under way.
    fileprivate var isOver: Bool {
        if case .underWay = self { false } else { true }
    }
}

extension DataStatus {
    fileprivate var attemptInWords: String {
        "\(lastAttempt.map { $0.error.map { "\($0)" } ?? "one that succeeded" } ?? "none"), the next at \(nextFetch.map { "\($0)" } ?? "no time")"
    }
}
