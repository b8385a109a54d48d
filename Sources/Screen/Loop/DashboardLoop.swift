package import EngineAPI
import FoundationEssentials
package import OperatingSystem
package import TerminalUI

/// Runs the dashboard: events change the state, the state makes the frame, keys ask for effects.
///
/// Everything that takes time runs in a child task, and its result comes back as an event, so that the screen never waits.
@MainActor
package struct DashboardLoop {
    private let terminal: any DashboardTerminal
    private let engine: any EngineClient
    private let clock: any WallClock
    private let staleAge: Duration
    private let time: LocalTime
    private let log: AsyncStream<LogTail>
    private let tokenFile: String?
    private let start: ScreenStart
    private let openBrowser: @Sendable (String) async throws(BrowserError) -> Void

    /// - Parameters:
    ///   - staleAge: Readings older than this are marked as stale.
    ///   - log: What was logged, each time that changes.
    ///   - tokenFile: Where the token is kept, as the user knows that place.
    ///   - start: What the screen begins with, and where what the user changes goes.
    ///   - openBrowser: Opens an address in a browser of this machine.
    package init(
        terminal: any DashboardTerminal, engine: any EngineClient, clock: any WallClock = SystemWallClock(), staleAge: Duration,
        time: LocalTime = .system, log: AsyncStream<LogTail> = AsyncStream { $0.finish() }, tokenFile: String? = nil,
        start: ScreenStart = ScreenStart(), openBrowser: @escaping @Sendable (String) async throws(BrowserError) -> Void
    ) {
        self.terminal = terminal
        self.engine = engine
        self.clock = clock
        self.staleAge = staleAge
        self.time = time
        self.log = log
        self.tokenFile = tokenFile
        self.start = start
        self.openBrowser = openBrowser
    }

    /// Why the dashboard is no longer shown.
    package enum Ending: Sendable, Hashable {
        /// The user wished it, or `stop` returned.
        case asked
        /// The terminal is gone.
        case hangUp
    }

    /// Shows the dashboard until the user quits, the terminal is gone, or `stop` returns.
    package func run(until stop: @escaping @Sendable () async -> Void) async -> Ending {
        var ending = Ending.asked
        let inbox = Inbox()
        var state = DashboardState(
            snapshot: Snapshot(), now: clock.now, size: terminal.size, staleAge: staleAge, time: time, symbols: terminal.symbols,
            tokenFile: tokenFile, theme: start.theme, preferences: start.preferences
        )
        if let notice = start.notice ?? terminal.notice { state.say(notice, .warning) }
        var (preferences, theme) = (state.preferences, Theme.auto)
        var title = ""
        var frame: Frame?
        await withDiscardingTaskGroup { group in
            startSources(in: &group, inbox: inbox, stop: stop)
            var requests = RequestsUnderWay()
            serving: while true {
                let batch = await inbox.next()
                // What was typed before it is no wish of the user's any more.
                if batch.isHungUp { ending = .hangUp }
                if batch.isHungUp || batch.isStopped { break }
                take(batch, into: &state)
                for result in batch.results { requests.note(result) }
                for input in batch.inputs {
                    guard let effect = state.handle(input) else { continue }
                    if effect == .quit { break serving }
                    if requests.begin(effect) { perform(effect, in: &group, inbox: inbox) }
                }
                requests.endBatch()
                state.tick(now: clock.now)
                if batch.hasTick, requests.tick() { state.say(.waiting) }
                if let effect = state.keptHistoriesEffect() { perform(effect, in: &group, inbox: inbox) }
                if let effect = state.chartEffect() { perform(effect, in: &group, inbox: inbox) }
                if !batch.inputs.isEmpty, state.preferences != preferences {
                    preferences = state.preferences
                    start.keep(preferences)
                }
                if state.theme != theme {
                    theme = state.theme
                    terminal.setTheme(theme)
                }
                // However much there was: one frame.
                let drawn = batch.isTickAlone ? state.frame(after: frame) : state.frame
                terminal.draw(drawn)
                frame = drawn
                if state.title != title {
                    title = state.title
                    terminal.setTitle(title)
                }
            }
            // Before the requests under way have ended: the user is not to wait for them at a dead screen.
            terminal.close()
            group.cancelAll()
        }
        return ending
    }

    /// All of a batch but what the user did.
    private func take(_ batch: Inbox.Batch, into state: inout DashboardState) {
        for snapshot in batch.snapshots {
            let alarm = state.alarm(at: snapshot)
            state.take(snapshot)
            if let alarm { terminal.alert(alarm) }
        }
        if let log = batch.log { state.take(log) }
        for result in batch.results { state.take(result) }
        if batch.hasTick { time.followZone() }
    }

    private func startSources(in group: inout DiscardingTaskGroup, inbox: Inbox, stop: @escaping @Sendable () async -> Void) {
        let events = terminal.events()
        let snapshots = engine.snapshots()
        group.addTask { for await inputs in events { await inbox.post(inputs) } }
        group.addTask { for await snapshot in snapshots { inbox.post(snapshot) } }
        group.addTask { [log] in for await tail in log { inbox.post(tail) } }
        group.addTask { [clock] in
            // On the second, so that the countdown and the clock step evenly; one wake-up each.
            while !Task.isCancelled {
                let next = clock.now.timeIntervalSince1970.rounded(.down) + 1
                guard (try? await clock.sleep(until: Date(timeIntervalSince1970: next))) != nil else { return }
                inbox.postTick()
            }
        }
        group.addTask {
            await stop()
            inbox.postStop()
        }
    }

    private func perform(_ effect: Effect, in group: inout DiscardingTaskGroup, inbox: Inbox) {
        switch effect {
        case .fetch: group.addTask { [engine] in inbox.post(.fetch(await engine.requestFetch())) }
        case .renew: group.addTask { [engine] in inbox.post(.renewal(await engine.requestRenewal())) }
        case .history(let subject):
            group.addTask { [engine] in
                inbox.post(.history(await result { () async throws(HistoryError) in try await engine.history(of: subject) }, of: subject))
            }
        case .keptHistories: group.addTask { [engine] in inbox.post(.keptHistories(await engine.keptHistories())) }
        case .look(let time):
            group.addTask { [clock] in
                guard (try? await clock.sleep(until: time)) != nil else { return }
                inbox.postTick()
            }
        case .offerSignIn: group.addTask { [engine] in inbox.post(.signInOffer(await engine.offerSignIn())) }
        case .signIn(let text):
            group.addTask { [engine] in
                inbox.post(.signIn(await result { () async throws(SignInError) in _ = try await engine.signIn(pasting: text) }))
            }
        case .openBrowser(let url):
            group.addTask { [openBrowser] in
                inbox.post(.browser(await result { () async throws(BrowserError) in try await openBrowser(url) }))
            }
        case .copy(let address): inbox.post(.copied(address, terminal.copy(address.address.reveal())))
        case .redraw: terminal.redrawEverything()
        case .suspend: terminal.suspend()
        case .quit: break
        }
    }
}

/// What the screen begins with, and where what the user changes on it goes.
package struct ScreenStart: Sendable {
    let theme: Theme
    let preferences: ScreenPreferences
    /// What is told first, in a line.
    let notice: String?
    /// Gets what the user changed, each time; must not take time.
    let keep: @Sendable (ScreenPreferences) -> Void

    package init(
        theme: Theme = .auto, preferences: ScreenPreferences = ScreenPreferences(), notice: String? = nil,
        keep: @escaping @Sendable (ScreenPreferences) -> Void = { _ in }
    ) {
        self.theme = theme
        self.preferences = preferences
        self.notice = notice
        self.keep = keep
    }
}

/// What came of an asynchronous call: `Result.init(catching:)` takes no such.
private nonisolated func result<Success, Failure>(
    _ body: () async throws(Failure) -> Success
) async -> Result<Success, Failure> {
    do throws(Failure) {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}
