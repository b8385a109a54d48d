import Engine
import EngineAPI
import FoundationEssentials
import NetatmoSimulator
import OperatingSystem
import TestSupport

/// How a plan ended.
struct PlanResult: Sendable {
    /// How many faults the program met.
    var faults = 0
    /// Whether a new pair was lost on the way, so that no client could have kept it.
    var lostOnTheWay = false
    /// Whether the program was without a token although NetAtmo and the network had given it one.
    var lostByProgram = false
    /// Whether the program said `rejected` although the pair was alive and NetAtmo had not refused it four times in a row.
    var rejectedAlive = false
    /// The same after NetAtmo had refused it so often, as a fault of its own.
    var refusedAlive = false
    /// What the program did wrong.
    var failures: [String] = []
}

extension FaultedExporter {
    /// Does what is planned, lets everything be well again, and looks whether the program is.
    func carryOut(_ plan: FaultPlan) async throws -> PlanResult {
        for step in plan.steps { try await take(step) }
        await netatmo.clearFaults()
        var result = try await recover(within: plan.asksForLongWaits ? Self.longestWait : Self.usualWait)
        let requests = await netatmo.requests
        result.faults = requests.count { $0.fault != nil }
        result.failures += transport.record.wrongs
        if requests.contains(where: { $0.error == "26" && $0.fault == nil }) { result.failures.append("NetAtmo's limits were exceeded") }
        return result
    }

    private func take(_ step: FaultPlan.Step) async throws {
        switch step {
        case .fault(let fault, let endpoint): await netatmo.inject(fault, on: endpoint)
        case .rest: try await rest()
        case .nextDeadline:
            try await rest()
            moveToNextDeadline()
        case .clock(let duration) where duration < .zero: try await setClockBack(by: duration)
        case .clock(let duration): clock.advance(by: duration)
        case .wish(.renewal): _ = await engine.requestRenewal()
        case .wish(.fetch): _ = await engine.requestFetch()
        case .wish(.signIn): _ = try? await signIn()
        }
    }

    /// As a user does who pastes a new refresh token.
    private func signIn() async throws {
        guard let token = Secret(await netatmo.issueTokens().refresh) else { return }
        _ = try await engine.signIn(pasting: token)
    }

    /// The longest wait after a failed renewal or fetch of the usual kind, with its jitter; two fetches; and the tries after a refusal.
    private static let usualWait = Duration.seconds(480 * 1.2 + 2 * 480 + 120)
    /// The same after a quota that is used up, or the longest `Retry-After`.
    private static let longestWait = Duration.seconds(3600 * 1.2 + 2 * 480 + 120)
}

// MARK: - After the faults

extension FaultedExporter {
    /// Lets time go by until the token is valid and readings came with it, and helps as a user would where the program asks
    /// for it.
    private func recover(within limit: Duration) async throws -> PlanResult {
        var result = PlanResult()
        let begin = clock.now
        var hasHelped = false
        var roundsTooMany = 0
        while true {
            try await rest()
            checkFile(&result)
            let passed = clock.now.timeIntervalSince(begin)
            if isWell(since: begin) { return result }
            if passed > limit / .seconds(1) { roundsTooMany += 1 }
            // The poller may not have heard of a new token yet when the keeper has come to rest.
            guard roundsTooMany < 3 else {
                result.fail("not valid again after \(Int(passed)) s: \(words)")
                result.lostByProgram = await isTokenAlive
                return result
            }
            if snapshot.token.state(at: clock.now) == .rejected {
                guard !hasHelped else {
                    result.fail("rejected although the user helped: \(words)")
                    return result
                }
                hasHelped = true
                try await help(&result)
            } else if !moveToNextDeadline(), isAtRest {
                result.fail("waits for nothing: \(words)")
                result.lostByProgram = await isTokenAlive
                return result
            }
        }
    }

    private func isWell(since begin: Date) -> Bool {
        guard snapshot.token.state(at: clock.now) == .valid, snapshot.data.isUp, let attempt = snapshot.data.lastAttempt else {
            return false
        }
        return attempt.time >= begin && snapshot.data.stations.isEmpty == false
    }

    /// What a user does about a rejected token: renews it where it works after all, else signs in.
    private func help(_ result: inout PlanResult) async throws {
        let record = transport.record
        if record.refusals < 4 { result.fail("rejected after \(record.refusals) refusals in a row") }
        if await isTokenAlive {
            if record.refusals < 4 { result.rejectedAlive = true } else { result.refusedAlive = true }
            // The spacing of requests that a user presses for.
            clock.advance(by: .seconds(10))
            try await renew(&result)
            return
        }
        result.lostOnTheWay = true
        // An exchange has little real time, and on a busy machine one may run out of it: then the user does it again.
        for tries in 1...Self.signInTries {
            do {
                return try await signIn()
            } catch {
                if tries == Self.signInTries { result.fail("the sign-in failed: \(error)") }
            }
        }
    }

    private static let signInTries = 4

    private func renew(_ result: inout PlanResult) async throws {
        let before = snapshot.events.last
        guard await engine.requestRenewal() == .started else { return result.fail("no renewal on request: \(words)") }
        // It has begun as soon as the keeper comes to it.
        try await engine.store.first("the renewal") { snapshot in
            if case .underWay = snapshot.token.renewal { true } else { snapshot.events.last != before }
        }
    }

    private var isTokenAlive: Bool {
        get async {
            guard let current = transport.record.current else { return false }
            return await netatmo.isAlive(refreshToken: current)
        }
    }

    /// The file holds the last pair that was received, and never less.
    private func checkFile(_ result: inout PlanResult) {
        let record = transport.record
        let saved = storage.writes.last?.refreshToken?.reveal()
        guard storage.attributes == nil || record.pairs > 0 && saved != record.current else { return }
        result.lostByProgram = true
        result.fail("the file does not hold the last pair that was received")
    }

    private var words: String {
        let failure =
            if case .failing(let error, let tries, _) = snapshot.token.renewal { ", failing \(tries) times, \(error)" } else { "" }
        let data = snapshot.data.lastAttempt?.error.map { ", readings: \($0)" } ?? ""
        return "token \(snapshot.token.state(at: clock.now).rawValue)\(failure)\(data)"
    }
}

extension PlanResult {
    fileprivate mutating func fail(_ words: String) {
        if !failures.contains(words) { failures.append(words) }
    }
}
