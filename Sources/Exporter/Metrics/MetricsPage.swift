package import FoundationEssentials
import Netatmo
package import NIOCore
import Synchronization

/// The text of `/metrics`. What depends on the readings is encoded once each time they change or one of them turns
/// stale; a scrape adds the few lines that depend on the moment.
package final class MetricsPage: Sendable {
    private struct Encoded {
        let text: ByteBuffer
        let version: Int
        /// When the next device turns stale and the text is wrong.
        let validUntil: Date
        /// The text compressed, once somebody asked for it so.
        var deflated: DeflatedText?
    }

    private let store: SnapshotStore
    private let refreshInterval: Duration
    private let staleAge: Duration
    private let encoded = Mutex<Encoded?>(nil)
    private let process = ProcessMetrics()

    /// - Parameters:
    ///   - store: Where the readings are.
    ///   - refreshInterval: Served as a series.
    ///   - staleAge: Readings older than this have no series.
    package init(store: SnapshotStore, refreshInterval: Duration, staleAge: Duration) {
        self.store = store
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
    }

    /// The whole text for a scrape at that time.
    package func text(at now: Date) -> ByteBuffer {
        let moment = momentaryText(at: now)
        var text = currentText(at: now)
        text.writeImmutableBuffer(moment)
        return text
    }

    /// The same, compressed by gzip; `nil` where zlib has no memory left.
    func gzippedText(at now: Date) -> ByteBuffer? {
        guard let moment = DeflatedText(momentaryText(at: now), as: .last) else { return nil }
        return currentDeflatedText(at: now).map { DeflatedText.gzip($0, moment) }
    }

    /// The few lines that depend on the moment.
    private func momentaryText(at now: Date) -> ByteBuffer {
        let expiry = store.scraped(at: now).validExpiry(at: now)
        var encoder = MetricsEncoder(capacity: 2048)
        encoder.single(
            "netatmo_exporter_token_expiry_time",
            help: "Set to the unix timestamp when the token will expire. 0 if no expiry is set.",
            expiry.map(unixSeconds) ?? 0
        )
        encoder.single(
            "netatmo_exporter_token_valid", help: "Set to 1 if there is a valid token, 0 otherwise.", expiry == nil ? 0 : 1
        )
        process.write(to: &encoder, at: now)
        return encoder.buffer
    }

    /// The part that depends on the readings, encoded anew where that is due.
    func currentText(at now: Date) -> ByteBuffer {
        encoded.withLock { encoded in
            let current = current(encoded, at: now)
            encoded = current
            return current.text
        }
    }

    /// The same, compressed anew where that is due.
    private func currentDeflatedText(at now: Date) -> DeflatedText? {
        encoded.withLock { encoded in
            var current = current(encoded, at: now)
            if current.deflated == nil { current.deflated = DeflatedText(current.text, as: .first) }
            encoded = current
            return current.deflated
        }
    }

    private func current(_ kept: Encoded?, at now: Date) -> Encoded {
        if let kept, kept.version == store.dataVersion, now < kept.validUntil { return kept }
        let (data, version) = store.versionedData
        let (text, validUntil) = encode(data, at: now)
        return Encoded(text: text, version: version, validUntil: validUntil)
    }

    private func encode(_ data: DataStatus, at now: Date) -> (text: ByteBuffer, validUntil: Date) {
        let devices = LabelledDevice.all(of: data.stations)
        let staleAge = staleAge / .seconds(1)
        let fresh = devices.filter { device in
            device.device.readings?.time.map { now.timeIntervalSince($0) <= staleAge } ?? false
        }
        var encoder = MetricsEncoder(capacity: 4096 + fresh.count * 1024)
        encodeEngine(data, to: &encoder)
        for metric in SensorMetric.all {
            let samples = fresh.compactMap { device in metric.value(device.device).map { (device.labels, $0) } }
            guard !samples.isEmpty else { continue }
            encoder.family(metric.name, help: metric.help)
            for (labels, value) in samples { encoder.sample(metric.name, labels: labels, value) }
        }
        let oldest = fresh.compactMap { $0.device.readings?.time }.min()
        return (encoder.buffer, oldest?.addingTimeInterval(staleAge.nextUp + 0.001) ?? .distantFuture)
    }

    private func encodeEngine(_ data: DataStatus, to encoder: inout MetricsEncoder) {
        encoder.single(
            "netatmo_cache_updated_time", help: "Contains the time of the cached data.", data.fetchedAt.map(unixSeconds) ?? 0
        )
        encoder.single(
            "netatmo_last_refresh_duration_seconds",
            help: "Contains the time it took for the last refresh to complete, even if it was unsuccessful.",
            data.lastAttempt.map { $0.duration / .seconds(1) } ?? 0
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
    }
}

/// Whole seconds since 1970, as netatmo-exporter serves times.
private func unixSeconds(_ date: Date) -> Double {
    date.timeIntervalSince1970.rounded(.down)
}
