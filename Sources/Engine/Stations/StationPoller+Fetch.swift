import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

// One fetch, and what follows from how it ended.

extension StationPoller {
    func fetch(isLast: Bool = false) async {
        isFetching = true
        publish()
        let start = clock.now
        let result: Result<FetchedStations, AuthorizedRequestFailure>
        do {
            result = .success(try await stations())
        } catch {
            result = .failure(error)
        }
        isFetching = false
        let end = clock.now
        // Where the clock was set back meanwhile, the next fetch counts from the new time.
        lastStart = lastStart.map { min($0, end) }
        var event = take(result, from: start, to: end, isLast: isLast)
        if isLast {
            nextFetch = nil
            if case .dataFailed(let error, _) = event { event = .dataFailed(error, next: nil) }
        }
        // The readings first: who sees the event sees what it is about.
        publish()
        if let event { events.record(event, at: end) }
        for remark in untold { events.record(.dataRemark(remark), at: end) }
        untold = []
        tellAlerts(at: end)
    }

    /// Takes note of how a fetch ended, and says what is to be told of it.
    private func take(
        _ result: Result<FetchedStations, AuthorizedRequestFailure>, from start: Date, to end: Date, isLast: Bool
    ) -> Event.Kind? {
        let took = Duration.seconds(max(0, end.timeIntervalSince(start)))
        switch result {
        case .success(let fetched):
            lacksRight = false
            return take(fetched, from: start, to: end, took: took, isLast: isLast)
        case .failure(.netatmo(var error)):
            let next: Date
            let lackedRight = lacksRight
            lacksRight = error.kind == .wrongScope
            if lacksRight, !lackedRight, !isLast {
                error = error.unconfirmed
                next = lookAgain(from: end)
            } else {
                next = backOff(after: error, from: end)
            }
            data.lastAttempt = .init(time: start, duration: took, error: error)
            return .dataFailed(error, next: next)
        case .failure(.noToken):
            // A new token rings, so there is no time to wait for.
            nextFetch = nil
            if data.lastAttempt != nil {
                let error = NetatmoError(.unauthorized, message: "there is no token")
                data.lastAttempt = .init(time: start, duration: took, error: error)
            }
            return nil
        case .failure(.cancelled): return nil
        }
    }

    private func take(
        _ fetched: FetchedStations, from start: Date, to end: Date, took: Duration, isLast: Bool
    ) -> Event.Kind {
        let (fetched, remarks) = oddities.check(fetched, at: end)
        untold = remarks
        if let event = keepReadings(insteadOf: fetched, from: start, to: end, took: took) { return event }
        // NetAtmo's own choice for a new account where it does not say.
        warmFormula = fetched.warmFormula ?? (isOtherAccount ? .humidex : warmFormula)
        let stations = watched(fetched.stations.withFeltTemperatures(warmFormula), at: end)
        onReadings(stations)
        homeCoaches = fetched.homeCoaches
        let preferences = fetched.preferences ?? (isOtherAccount ? nil : data.preferences)
        isOtherAccount = false
        // A token that does not allow home coaches is as good as any for the stations.
        let error = fetched.homeCoachError.flatMap { $0.kind == .wrongScope ? nil : $0 }
        data = DataStatus(
            stations: stations, preferences: preferences, fetchedAt: end, lastAttempt: .init(time: start, duration: took, error: error)
        )
        if let error { return .dataFailed(error, next: backOff(after: error, from: end)) }
        failures = 0
        rhythm.observe(stations, at: min(start, end))
        nextFetch = rhythm.nextFetch(after: min(start, end))
        if homeCoaches.isDoubted, !isLast {
            _ = lookAgain(from: min(start, end))
        } else if fetched.homeCoachError != nil {
            return .homeCoachRefused
        }
        return .dataFetched(modules: stations.map(\.devices.count).reduce(0, +), took: took)
    }

    /// An answer without any station where there were some is more often NetAtmo's trouble than the user's doing: the readings
    /// stay until they are stale. `nil` where the answer is to be taken.
    private func keepReadings(insteadOf fetched: FetchedStations, from start: Date, to end: Date, took: Duration) -> Event.Kind? {
        let hadStations = data.stations.contains { $0.base.kind != .homeCoach }
        guard fetched.weatherStations.isEmpty && hadStations || fetched.stations.isEmpty && !data.stations.isEmpty, !isOtherAccount,
            let fetchedAt = data.fetchedAt
        else { return nil }
        let until = fetchedAt.addingTimeInterval(staleAge / .seconds(1))
        guard (fetchedAt...until).contains(end) else { return nil }
        // The rest of the answer is told and heeded all the same.
        if let error = fetched.homeCoachError, error.kind != .wrongScope {
            data.lastAttempt = .init(time: start, duration: took, error: error)
            return .dataFailed(error, next: backOff(after: error, from: end))
        }
        failures = 0
        nextFetch = rhythm.nextFetch(after: min(start, end))
        data.lastAttempt = .init(time: start, duration: took, error: nil)
        return .dataKept(until: until)
    }

    /// Sets the time of the next try after a refusal that is not believed yet.
    private func lookAgain(from end: Date) -> Date {
        let next = end.addingTimeInterval(Self.secondLook)
        nextFetch = next
        return next
    }

    /// Sets the time of the next try after a failure.
    private func backOff(after error: NetatmoError, from end: Date) -> Date {
        failures += 1
        let delay = max(backoff.delay(after: error, failures: failures), .seconds(Self.spacing))
        let next = end.addingTimeInterval(delay / .seconds(1))
        nextFetch = next
        if error.asksToWait { notBefore = next }
        return next
    }

    private func stations() async throws(AuthorizedRequestFailure) -> FetchedStations {
        var isFirstTry = true
        return try await tokens.authorized { token async throws(NetatmoError) in
            take(await tokens.tokensReceived)
            if isFirstTry { lastStart = clock.now }
            isFirstTry = false
            return try await source.run(accessToken: token, homeCoaches: homeCoaches)
        }
    }
}
