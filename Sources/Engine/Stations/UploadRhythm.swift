import FoundationEssentials
import Homes

/// When stations upload, learned from the times of their readings: so that a fetch comes soon after new readings, not just before.
///
/// A station uploads about every ten minutes, whatever interval it is asked in. With a plain interval of 8 minutes readings are up to
/// 18 minutes old before the next ones are seen; half a minute after each upload they are 10½ minutes old at most.
///
/// The promise, at any time: between two fetches that this plans lies never less than the interval, and never more than the longest
/// wait. Among the times in between it takes the one after which the readings are youngest, the stations' mean; each station's next
/// upload after the interval, and the interval itself, are looked at.
struct UploadRhythm: Sendable, Hashable {
    /// In seconds.
    private let interval: TimeInterval
    private let longestWait: TimeInterval
    private var uploads: [String: Uploads] = [:]
    private var lastObservation: Date?

    /// How long after an upload is due a fetch asks for it, in seconds.
    static let margin: TimeInterval = 30
    /// How many stations are looked at, so that no answer makes this dear.
    private static let mostStations = 32

    /// Knows nothing yet: it plans the plain interval.
    ///
    /// - Parameters:
    ///   - interval: The shortest time between two fetches.
    ///   - staleAge: A wait ends a minute before readings would be stale for want of a fetch, as far as the interval allows.
    init(interval: Duration, staleAge: Duration) {
        let seconds = interval / .seconds(1)
        self.interval = seconds
        // Twice the interval: alerts count from three on.
        longestWait = min(2 * seconds, max(seconds, staleAge / .seconds(1) - 60))
    }

    /// Learns from what a fetch brought that began at that time.
    mutating func observe(_ stations: [Station], at time: Date) {
        if let lastObservation, time < lastObservation { forget() }
        var seen: [String: Uploads] = [:]
        for station in stations.prefix(Self.mostStations) {
            // By a clock that is behind, or of a station without time, nothing can be learned.
            guard let measured = station.measurementTime, measured <= time.addingTimeInterval(Self.margin) else { continue }
            let known = uploads[station.base.id] ?? Uploads(first: measured)
            seen[station.base.id] = known.adding(measured, at: time, lastObservation: lastObservation)
        }
        uploads = seen
        lastObservation = time
    }

    /// Begins anew: after the clock was set back, times of before mean nothing.
    mutating func forget() {
        uploads = [:]
        lastObservation = nil
    }

    /// When the fetch after one that began at that time comes.
    func nextFetch(after start: Date) -> Date {
        let plain = start.addingTimeInterval(interval)
        // Who asks more often than in a minute sees each upload at once.
        guard interval >= 2 * Self.margin else { return plain }
        let known = uploads.values.compactMap { $0.forecast(at: start) }
        let latest = start.addingTimeInterval(longestWait)
        let times = [plain] + known.map { $0.nextMoment(from: plain) }.filter { $0 <= latest }
        // What a time costs: the age of the readings that it brings, and half of the wait, in which the ones before grow old.
        func cost(of time: Date) -> TimeInterval {
            let ages = known.map { $0.age(at: time) }.reduce(0, +)
            return ages / TimeInterval(max(known.count, 1)) + time.timeIntervalSince(start) / 2
        }
        // The earlier one where two cost the same.
        return times.sorted().min { cost(of: $0) < cost(of: $1) } ?? plain
    }
}

// MARK: - One station

/// The uploads of one station that fetches have seen.
private struct Uploads: Sendable, Hashable {
    /// The time of the latest readings.
    var latest: Date
    /// Seconds from one readings' time to the next one's, the last few of them.
    var steps: [TimeInterval] = []
    /// How long after the readings' time the fetch comes, in seconds: half a minute more than readings were known to be on their way.
    var delay = UploadRhythm.margin
    /// How many fetches in a row did not bring an upload that was due.
    var misses = 0

    /// How many steps are kept, and how many it takes to know a rhythm.
    private static let mostSteps = 8
    private static let fewestSteps = 3
    /// In seconds. Slower readings than the longest are a station in trouble.
    private static let periods: ClosedRange<TimeInterval> = 60...7200
    /// How far a step may be from the rhythm, as a part of it.
    private static let tolerance = 0.2
    /// The longest delay that is waited for, and what each upload takes off a delay, in seconds.
    private static let longestDelay: TimeInterval = 300
    private static let delayLoss: TimeInterval = 0.5
    /// What stations are known to do, in seconds: tells how many uploads lie between readings that are fetched seldom.
    private static let usualPeriod: TimeInterval = 600

    init(first: Date) {
        latest = first
    }

    /// With the readings that a fetch brought.
    func adding(_ measured: Date, at time: Date, lastObservation: Date?) -> Uploads {
        // A station that goes back in time is another one, or one that was reset.
        guard measured >= latest else { return Uploads(first: measured) }
        guard let lastObservation else { return self }
        var next = self
        if measured > latest { next.take(measured, lastObservation: lastObservation) }
        next.countMiss(isMiss: isMiss(measured, at: time, lastObservation: lastObservation))
        return next
    }

    private mutating func take(_ measured: Date, lastObservation: Date) {
        let step = measured.timeIntervalSince(latest)
        delay = max(UploadRhythm.margin, delay - Self.delayLoss)
        // Measured before the last fetch, which did not bring it: it was on its way for at least so long.
        wait(for: lastObservation.timeIntervalSince(measured))
        // Due by the last fetch, and late.
        if let period {
            let due = latest.addingTimeInterval(Self.count(of: period, in: step) * period)
            if due <= lastObservation { wait(for: measured.timeIntervalSince(due)) }
        }
        latest = measured
        steps = Array((steps + [step]).suffix(Self.mostSteps))
    }

    private mutating func wait(for lateness: TimeInterval) {
        guard lateness > 0, lateness <= Self.longestDelay else { return }
        delay = max(delay, lateness + UploadRhythm.margin)
    }

    /// One upload that does not come is the station's; where none is ever there when it is asked for, it is asked for too soon.
    private mutating func countMiss(isMiss: Bool?) {
        guard let isMiss else { return }
        misses = isMiss ? misses + 1 : 0
        if misses > 1 { delay = min(delay + UploadRhythm.margin, Self.longestDelay) }
    }

    /// Whether an upload was due that a fetch did not bring; `nil` where that can't be told.
    private func isMiss(_ measured: Date, at time: Date, lastObservation: Date) -> Bool? {
        // Two fetches for one upload would miss it twice.
        guard let forecast = forecast(at: lastObservation), time.timeIntervalSince(lastObservation) >= forecast.period / 2 else {
            return nil
        }
        return forecast.latestDue(at: time).timeIntervalSince(measured) > forecast.period / 2
    }

    /// What is to be expected; `nil` where no rhythm is known, or the station is silent.
    func forecast(at now: Date) -> Forecast? {
        guard let period, now.timeIntervalSince(latest) <= 3 * max(period, Self.usualPeriod) else { return nil }
        return Forecast(latest: latest, period: period, delay: min(delay, period / 2))
    }

    /// Seconds from upload to upload: the longest time of which most steps are about a multiple. A missed upload, or one in between,
    /// changes nothing.
    private var period: TimeInterval? {
        guard steps.count >= Self.fewestSteps else { return nil }
        let candidates = steps.flatMap { step in (1...4).map { step / TimeInterval($0) } }
        for candidate in candidates.filter(Self.periods.contains).sorted(by: >) {
            let fitting = steps.filter { abs($0 - Self.count(of: candidate, in: $0) * candidate) <= Self.tolerance * candidate }
            guard fitting.count * 4 >= steps.count * 3 else { continue }
            let period = fitting.reduce(0, +) / fitting.map { Self.count(of: candidate, in: $0) }.reduce(0, +)
            let usual = period / Self.count(of: Self.usualPeriod, in: period)
            return period > 1.5 * Self.usualPeriod && abs(usual - Self.usualPeriod) <= 30 ? usual : period
        }
        return nil
    }

    private static func count(of period: TimeInterval, in step: TimeInterval) -> TimeInterval {
        max(1, (step / period).rounded())
    }
}

/// When a station's readings are to be expected.
private struct Forecast: Sendable, Hashable {
    let latest: Date
    /// In seconds, as is the delay.
    let period: TimeInterval
    let delay: TimeInterval

    /// The first time from that one on at which an upload is just in.
    func nextMoment(from time: Date) -> Date {
        let first = latest.addingTimeInterval(delay)
        return first.addingTimeInterval((time.timeIntervalSince(first) / period).rounded(.up) * period)
    }

    /// How old the newest readings will be that a fetch at that time brings, in seconds.
    func age(at time: Date) -> TimeInterval {
        time.timeIntervalSince(latestDue(at: time))
    }

    /// The time of the newest readings that a fetch at that time should bring.
    func latestDue(at time: Date) -> Date {
        // A second more: sums of times are not exact, and a fetch for an upload comes at its very moment.
        let count = ((time.timeIntervalSince(latest) - delay + 1) / period).rounded(.down)
        return latest.addingTimeInterval(count * period)
    }
}

extension Station {
    /// When the base measured; a station whose base says nothing is known by its modules.
    fileprivate var measurementTime: Date? {
        base.readings?.time ?? modules.lazy.compactMap { $0.readings?.time }.max()
    }
}
