import FoundationEssentials
import Synchronization
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

/// An engine that answers what a test says, and notes what it was asked.
final class PlayedEngine: EngineClient {
    let store: SnapshotStore
    private let asked = Journal()
    private let pasted = Mutex<[Secret]>([])
    private let failures = Mutex<(signIn: SignInError?, history: HistoryError?)>((nil, nil))
    private let hasOffer = Mutex(true)

    init(store: SnapshotStore) {
        self.store = store
    }

    static let fetchReply = FetchReply.heldBack(until: SampleStations.now(42.25))
    static let renewalReply = RenewalReply.heldBack(until: SampleStations.now(11.5))
    static let signedInUntil = SampleStations.now(10_800)
    static let offer = SignInOffer(
        localURL: SampleTokens.secret("http://127.0.0.1:9210/auth/authorize?key=local-key-1"), browserURL: "http://127.0.0.1:9210/",
        netatmoURL: SampleTokens.secret("https://netatmo.test/oauth2/authorize?state=state-2"),
        phone: .toBePasted(SampleTokens.secret("http://192.0.2.7:9210/auth/authorize?key=phone-key-3")), expires: SampleStations.now(600))
    static let history: MeasureHistory = {
        var history = MeasureHistory(measures: [.temperature, .humidity])
        history.append(at: SampleStations.now(-300)) { $0 == .temperature ? -3.5 : 61 }
        history.append(at: SampleStations.now) { $0 == .temperature ? 21.4 : nil }
        return history
    }()

    /// What it was asked so far, with what for.
    var requests: [String] { asked.entries }
    /// What was pasted so far.
    var pastedTexts: [String] { pasted.withLock { $0.map { $0.reveal() } } }

    func fail(signIn: SignInError? = nil, history: HistoryError? = nil) {
        failures.withLock { $0 = (signIn, history) }
    }

    func withdrawOffer() {
        hasOffer.withLock { $0 = false }
    }

    func snapshots() -> AsyncStream<Snapshot> { store.snapshots() }

    func requestFetch() async -> FetchReply {
        asked.note("fetch")
        return Self.fetchReply
    }

    func requestRenewal() async -> RenewalReply {
        asked.note("renewal")
        return Self.renewalReply
    }

    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        let scale = subject.scale == .measurement ? "" : " at \(subject.scale.rawValue)"
        asked.note(
            "history of \(subject.kind == .room ? "room " : "")\(subject.deviceID), \(subject.moduleID ?? "itself"): \(subject.measures)\(scale)"
        )
        if let error = failures.withLock({ $0.history }) { throw error }
        return Self.history
    }

    func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory {
        let (start, end) = (Int(start.timeIntervalSince1970), Int(end.timeIntervalSince1970))
        asked.note("page of \(subject.id) at \(subject.scale.rawValue): \(start)...\(end)")
        if let error = failures.withLock({ $0.history }) { throw error }
        return Self.history
    }

    func keptHistories() async -> [String: MeasureHistory] {
        asked.note("kept histories")
        return ["05:00": Self.history]
    }

    func offerSignIn() async -> SignInOffer? {
        asked.note("offer")
        return hasOffer.withLock { $0 } ? Self.offer : nil
    }

    func signIn(pasting text: Secret) async throws(SignInError) -> Date {
        asked.note("paste")
        pasted.withLock { $0.append(text) }
        if let error = failures.withLock({ $0.signIn }) { throw error }
        return Self.signedInUntil
    }
}

/// A log that a test writes.
final class PlayedLog: Sendable {
    private let state = Mutex<(tail: LogTail, readers: Readers<LogTail>)>((LogTail(file: .writing(path: "/somewhere/log")), Readers()))

    func write(_ message: String) {
        state.withLock { state in
            state.tail.append(LogLine(time: SampleStations.now, level: .info, message: message))
            state.readers.tell(state.tail)
        }
    }

    var tail: LogTail { state.withLock { $0.tail } }

    func tails() -> AsyncStream<LogTail> {
        state.withLock { $0.readers.add(telling: $0.tail) }
    }
}
