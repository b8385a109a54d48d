import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import ServiceLifecycle

/// Where pages have their histories from.
struct HistorySource: Sendable {
    /// What is kept, and whether it has all that there is; NetAtmo is not asked.
    let kept: @Sendable (HistorySubject) async -> (history: MeasureHistory, isCurrent: Bool)?
    /// Asks NetAtmo behind all else.
    let ask: @Sendable (HistorySubject) async throws(HistoryError) -> Void
}

/// The histories that pages show: what is kept at once, and what is missing asked for one by one, while no page waits for it.
///
/// A page is looked at by anybody, as often as they like: each history is asked for once in ten minutes at most, few wait at a time, and
/// there is an end to how many are asked for in an hour.
actor PageHistories: Service {
    /// How a history that is not all there is going to be.
    enum Outlook: Sendable, Hashable {
        /// It is being asked for, behind so many others.
        case underWay(behind: Int)
        case failed(HistoryError)
        /// Too many are being asked for: by one who looks later it is.
        case later

        var isUnderWay: Bool {
            if case .underWay = self { true } else { false }
        }
    }

    /// How many wait at most: those of a page.
    static let mostWaiting = 32
    /// How many may be asked for in an hour: of NetAtmo's 500 requests a small part.
    static let mostInAnHour = 120
    /// How long, in seconds, until one is asked for again: stations upload every ten minutes.
    static let pause: TimeInterval = 600
    /// The shortest time, in seconds, between a failure and the next try.
    private static let shortestWait: TimeInterval = 60

    private struct Request: Sendable {
        let time: Date
        var failure: HistoryError?
    }

    private let source: HistorySource
    private let clock: any WallClock
    private var waiting: [HistorySubject] = []
    private var asked = LeastRecentlyUsed<HistorySubject, Request>(capacity: 512)
    /// When the latest of them were asked for.
    private var times: [Date] = []
    private let wakeUp = WakeUp()
    /// Grows with each that comes or fails.
    private(set) var version = 0

    init(source: HistorySource, clock: any WallClock) {
        self.source = source
        self.clock = clock
    }

    func kept(_ subject: HistorySubject) async -> (history: MeasureHistory, isCurrent: Bool)? {
        await source.kept(subject)
    }

    /// Wishes for a history that is not all there; it comes in its time.
    func wish(for subject: HistorySubject) -> Outlook {
        if let place = waiting.firstIndex(of: subject) { return .underWay(behind: place) }
        let now = clock.now
        // By a clock that was set back it can't be known how long ago it was.
        if let request = asked.peek(subject), (0..<Self.pause).contains(now.timeIntervalSince(request.time)) {
            guard let failure = request.failure else { return .later }
            if now < Self.nextTry(after: request, failure) { return .failed(failure) }
        }
        times.removeAll { !(0..<3600).contains(now.timeIntervalSince($0)) }
        guard waiting.count < Self.mostWaiting, times.count < Self.mostInAnHour else { return .later }
        waiting.append(subject)
        times.append(now)
        wakeUp.ring()
        return .underWay(behind: waiting.count - 1)
    }

    private static func nextTry(after request: Request, _ failure: HistoryError) -> Date {
        let soonest = request.time.addingTimeInterval(shortestWait)
        return if case .failed(_, let next) = failure { max(soonest, next) } else { soonest }
    }

    func run() async {
        await cancelWhenGracefulShutdown { await self.askForAll() }
    }

    private func askForAll() async {
        while !Task.isCancelled {
            guard let subject = waiting.first else {
                await wakeUp.wait()
                continue
            }
            var request = Request(time: clock.now, failure: nil)
            do throws(HistoryError) {
                try await source.ask(subject)
            } catch {
                // The user wanted to see another one: it takes its turn again.
                if error == .overtaken { continue }
                request.failure = error
            }
            waiting.removeAll { $0 == subject }
            asked.insert(request, for: subject)
            version += 1
        }
    }
}
