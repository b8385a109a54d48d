import EngineAPI
import FoundationEssentials

/// The series about the exporter itself: the token, the fetches, NetAtmo's answers, the process. They end the text.
struct EngineText: Sendable {
    let snapshot: Snapshot
    let api: APIStatistics
    let refreshInterval: Duration
    let build: BuildInformation

    func write(to encoder: inout MetricsEncoder, at now: Date, process: ProcessMetrics) {
        encodeFetches(to: &encoder)
        encodeToken(to: &encoder, at: now)
        encodeRequests(to: &encoder)
        encoder.family("netatmo_exporter_build_info", help: "Which program this is; always 1.")
        encoder.sample("netatmo_exporter_build_info", ["commit": build.commit, "version": build.version], 1)
        process.write(to: &encoder, at: now)
        encoder.end()
    }

    private func encodeFetches(to encoder: inout MetricsEncoder) {
        let data = snapshot.data
        encoder.single("netatmo_cache_updated_time", help: "Contains the time of the cached data.", data.fetchedAt.map(unixSeconds) ?? 0)
        encoder.single(
            "netatmo_exporter_next_refresh_time", help: "Contains the time of the next refresh try. 0 if it waits for a token.",
            data.nextFetch.map(unixSeconds) ?? 0
        )
        encoder.single(
            "netatmo_last_refresh_duration_seconds",
            help: "Contains the time it took for the last refresh to complete, even if it was unsuccessful.",
            data.lastAttempt.map { ($0.duration / .microseconds(1)).rounded() / 1e6 } ?? 0
        )
        encoder.single(
            "netatmo_last_refresh_time", help: "Contains the time of the last refresh try, successful or not.",
            data.lastAttempt.map { unixSeconds($0.time) } ?? 0
        )
        encoder.single(
            "netatmo_refresh_interval_seconds",
            help:
                "Contains the configured refresh interval in seconds. This is provided as a convenience for calculations with the cache update time.",
            refreshInterval / .seconds(1)
        )
        encoder.single("netatmo_up", help: "Zero if there was an error during the last refresh try.", data.isUp ? 1 : 0)
        guard let energy = snapshot.energy else { return }
        encoder.single(
            "netatmo_energy_up", help: "Zero if there was an error during the last try to get Energy's rooms.", energy.isUp ? 1 : 0)
        encoder.single(
            "netatmo_energy_updated_time", help: "Contains the time when Energy's rooms last came. 0 if they did not yet.",
            energy.fetchedAt.map(unixSeconds) ?? 0)
    }

    private func encodeToken(to encoder: inout MetricsEncoder, at now: Date) {
        let state = snapshot.token.state(at: now)
        encoder.family("netatmo_exporter_token_state", help: "Set to 1 for the state that the token is in, 0 for the others.")
        for candidate in TokenStatus.State.allCases {
            encoder.sample("netatmo_exporter_token_state", ["state": candidate.rawValue], candidate == state ? 1 : 0)
        }
        encoder.single(
            "netatmo_exporter_token_expiry_time", help: "Set to the unix timestamp when the token will expire. 0 if no expiry is set.",
            snapshot.token.validExpiry(at: now).map(unixSeconds) ?? 0
        )
        encoder.single(
            "netatmo_exporter_token_saved",
            help: "Zero if the token could not be written to its file, or a new one could not be, 1 otherwise.",
            snapshot.token.canBeSaved ? 1 : 0
        )
        encoder.single(
            "netatmo_exporter_token_valid", help: "Set to 1 if there is a valid token, 0 otherwise.",
            snapshot.token.isValid(at: now) ? 1 : 0
        )
    }

    private func encodeRequests(to encoder: inout MetricsEncoder) {
        let refreshes = "netatmo_exporter_token_refreshes_total"
        encoder.family(refreshes, .counter, help: "Refresh tokens exchanged for a new pair, by result.")
        for result in RequestResult.all {
            encoder.sample(refreshes, ["result": result.label], Double(api.refreshes[result] ?? 0))
        }
        let requests = "netatmo_api_requests_total"
        encoder.family(requests, .counter, help: "Requests to NetAtmo, by endpoint and result.")
        let endpoints = APIEndpoint.allCases.filter { snapshot.energy != nil || !$0.isOfEnergy || api.requests[$0] != nil }
        for endpoint in endpoints {
            let counts = api.requests[endpoint]?.counts ?? [:]
            for result in RequestResult.all {
                encoder.sample(requests, ["endpoint": endpoint.rawValue, "result": result.label], Double(counts[result] ?? 0))
            }
        }
        let durations = "netatmo_api_request_duration_seconds"
        encoder.family(durations, .histogram, help: "How long requests to NetAtmo took, successful or not, by endpoint.")
        for endpoint in endpoints {
            encode(api.requests[endpoint]?.durations ?? DurationHistogram(), named: durations, of: endpoint, to: &encoder)
        }
    }

    private func encode(_ histogram: DurationHistogram, named name: String, of endpoint: APIEndpoint, to encoder: inout MetricsEncoder) {
        for (bound, count) in histogram.cumulativeCounts {
            // In the same words in both formats, so that it is the same series: OpenMetrics wants `1.0` for a bound of 1.
            let text = bound.isFinite ? bound.description : "+Inf"
            encoder.sample("\(name)_bucket", ["endpoint": endpoint.rawValue, "le": text], Double(count))
        }
        encoder.sample("\(name)_count", ["endpoint": endpoint.rawValue], Double(histogram.count))
        encoder.sample("\(name)_sum", ["endpoint": endpoint.rawValue], histogram.sum)
    }
}

/// Whole seconds since 1970, as netatmo-exporter serves times.
private func unixSeconds(_ date: Date) -> Double {
    date.timeIntervalSince1970.rounded(.down)
}
