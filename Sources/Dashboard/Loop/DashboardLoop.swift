public import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// Runs the dashboard: events change the state, the state makes the frame, keys ask for effects.
///
/// Everything that takes time runs in a child task, and its result comes back as an event, so that the screen never waits.
@MainActor
public struct DashboardLoop {
    private let screen: any Screen
    private let engine: any DashboardEngine
    private let clock: any WallClock
    private let staleAge: Duration
    private let time: LocalTime
    private let log: AsyncStream<LogHistory>
    private let tokenFile: String?
    private let openBrowser: @Sendable (String) async throws(BrowserError) -> Void

    private enum Event: Sendable {
        case input(InputEvent)
        case snapshot(Snapshot)
        case log(LogHistory)
        case tick
        case result(EffectResult)
        case stop
    }

    /// - Parameters:
    ///   - screen: The terminal.
    ///   - engine: What there is to show.
    ///   - clock: The time.
    ///   - staleAge: Readings older than this are marked as stale.
    ///   - time: Writes times of day.
    ///   - log: What was logged, each time that changes.
    ///   - tokenFile: Where the token is kept, as the user knows that place.
    ///   - openBrowser: Opens an address in a browser of this machine.
    public init(
        screen: any Screen, engine: any DashboardEngine, clock: any WallClock = SystemWallClock(), staleAge: Duration,
        time: LocalTime = .system, log: AsyncStream<LogHistory> = AsyncStream { $0.finish() }, tokenFile: String? = nil,
        openBrowser: @escaping @Sendable (String) async throws(BrowserError) -> Void
    ) {
        self.screen = screen
        self.engine = engine
        self.clock = clock
        self.staleAge = staleAge
        self.time = time
        self.log = log
        self.tokenFile = tokenFile
        self.openBrowser = openBrowser
    }

    /// Why the dashboard is no longer shown.
    public enum Ending: Sendable, Hashable {
        /// The user wished it, or `stop` returned.
        case asked
        /// The terminal is gone.
        case hangUp
    }

    /// Shows the dashboard until the user quits, the terminal is gone, or `stop` returns.
    public func run(until stop: @escaping @Sendable () async -> Void) async -> Ending {
        var ending = Ending.asked
        let (inbox, post) = AsyncStream.makeStream(of: Event.self)
        var state = DashboardState(
            snapshot: Snapshot(), now: clock.now, size: screen.size, staleAge: staleAge, time: time, symbols: screen.symbols,
            tokenFile: tokenFile
        )
        if let notice = screen.notice { state.say(notice, .warning) }
        var title = ""
        var frame: Frame?
        await withDiscardingTaskGroup { group in
            startSources(in: &group, post: post, stop: stop)
            for await event in inbox {
                var effect: Effect?
                var isTick = false
                switch event {
                case .input(let input):
                    if case .hangUp = input { ending = .hangUp }
                    effect = state.handle(input)
                case .snapshot(let snapshot):
                    let alarm = state.alarm(at: snapshot)
                    state.take(snapshot)
                    if let alarm { screen.alert(alarm) }
                case .log(let log): state.take(log)
                case .tick:
                    time.followZone()
                    isTick = true
                case .result(let result): state.take(result)
                case .stop: effect = .quit
                }
                if effect == .quit { break }
                state.tick(now: clock.now, lastScrape: engine.lastScrape)
                if let effect { perform(effect, in: &group, post: post) }
                if let effect = state.chartEffect() { perform(effect, in: &group, post: post) }
                let drawn = isTick ? state.frame(after: frame) : state.frame
                screen.draw(drawn)
                frame = drawn
                if state.title != title {
                    title = state.title
                    screen.setTitle(title)
                }
            }
            // Before the requests under way have ended: the user is not to wait for them at a dead screen.
            screen.close()
            group.cancelAll()
        }
        return ending
    }

    private func startSources(
        in group: inout DiscardingTaskGroup, post: AsyncStream<Event>.Continuation, stop: @escaping @Sendable () async -> Void
    ) {
        let events = screen.events()
        let snapshots = engine.snapshots()
        group.addTask { for await event in events { post.yield(.input(event)) } }
        group.addTask { for await snapshot in snapshots { post.yield(.snapshot(snapshot)) } }
        group.addTask { [log] in for await history in log { post.yield(.log(history)) } }
        group.addTask { [clock] in
            // On the second, so that the countdown and the clock step evenly; one wake-up each.
            while !Task.isCancelled {
                let next = clock.now.timeIntervalSince1970.rounded(.down) + 1
                guard (try? await clock.sleep(until: Date(timeIntervalSince1970: next))) != nil else { return }
                post.yield(.tick)
            }
        }
        group.addTask {
            await stop()
            post.yield(.stop)
        }
    }

    private func perform(_ effect: Effect, in group: inout DiscardingTaskGroup, post: AsyncStream<Event>.Continuation) {
        switch effect {
        case .fetch: group.addTask { [engine] in post.yield(.result(.fetch(await engine.requestFetch()))) }
        case .renew: group.addTask { [engine] in post.yield(.result(.renewal(await engine.requestRenewal()))) }
        case .history(let subject):
            group.addTask { [engine] in post.yield(.result(.history(await Self.history(engine, subject), of: subject))) }
        case .look(let time):
            group.addTask { [clock] in
                guard (try? await clock.sleep(until: time)) != nil else { return }
                post.yield(.tick)
            }
        case .offerSignIn: group.addTask { [engine] in post.yield(.result(.signInOffer(await engine.offerSignIn()))) }
        case .signIn(let text): group.addTask { [engine] in post.yield(.result(.signIn(await Self.signIn(engine, text)))) }
        case .openBrowser(let url):
            group.addTask { [openBrowser] in post.yield(.result(.browser(await Self.open(url, openBrowser)))) }
        case .copy(let address): post.yield(.result(.copied(address, screen.copy(address.address.reveal()))))
        case .redraw: screen.redrawEverything()
        case .suspend: screen.suspend()
        case .quit: break
        }
    }

    private nonisolated static func history(
        _ engine: any DashboardEngine, _ subject: HistorySubject
    ) async -> Result<MeasureHistory, HistoryError> {
        do throws(HistoryError) {
            return .success(try await engine.history(of: subject))
        } catch {
            return .failure(error)
        }
    }

    private nonisolated static func signIn(_ engine: any DashboardEngine, _ text: Secret) async -> Result<Void, SignInError> {
        do throws(SignInError) {
            _ = try await engine.signIn(pasting: text)
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private nonisolated static func open(
        _ url: String, _ openBrowser: @Sendable (String) async throws(BrowserError) -> Void
    ) async -> Result<Void, BrowserError> {
        do throws(BrowserError) {
            try await openBrowser(url)
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
