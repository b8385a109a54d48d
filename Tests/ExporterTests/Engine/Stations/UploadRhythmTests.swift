import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes

@Suite("The stations' rhythm")
struct UploadRhythmTests {
    @Test("Before three steps from upload to upload were seen, the interval is followed as it is")
    func nothingLearned() {
        var rhythm = UploadRhythm(interval: .seconds(480), staleAge: .seconds(3600))
        #expect(rhythm.nextFetch(after: at(0)) == at(480))
        for upload in 0..<3 {
            rhythm.observe([station(measuredAt: 600.0 * Double(upload))], at: at(600.0 * Double(upload) + 200))
            #expect(rhythm.nextFetch(after: at(1000)) == at(1480), "\(upload + 1) uploads")
        }
    }

    @Test("Once it is known, a fetch comes 30 s after the next upload that is due, never before the interval is over")
    func learned() {
        let rhythm = knownRhythm(interval: 480)
        #expect(rhythm.nextFetch(after: at(1830)) == at(2430))
        // The upload of 2400 is due at 2430: 479.9 s later would be before the interval is over.
        #expect(rhythm.nextFetch(after: at(1950)) == at(2430), "exactly an interval")
        #expect(rhythm.nextFetch(after: at(1951)) == at(2431), "just past it")
    }

    @Test(
        "An interval that is longer than the rhythm is stretched to a later upload",
        arguments: [(1000.0, 1200.0), (1150, 1200), (1790, 1800)])
    func longInterval(interval: Double, wait: Double) {
        #expect(knownRhythm(interval: interval).nextFetch(after: at(1830)) == at(1830 + wait))
    }

    @Test("What was learned is forgotten where the clock was set back, however little")
    func setBack() {
        var rhythm = knownRhythm(interval: 480)
        #expect(rhythm.nextFetch(after: at(1830)) == at(2430))
        rhythm.observe([station(measuredAt: 1800)], at: at(1829))
        #expect(rhythm.nextFetch(after: at(1829)) == at(1829 + 480))
    }

    @Test("An interval of twice the delay is stretched, a shorter one is followed as it is")
    func shortInterval() {
        #expect(knownRhythm(interval: 60).nextFetch(after: at(2360)) == at(2430))
        #expect(knownRhythm(interval: 59).nextFetch(after: at(2360)) == at(2419))
    }

    @Test(
        "No wait is longer than two intervals, nor than a minute less than readings may be old",
        arguments: [
            (480.0, 3600.0, 600.0), (480, 660, 600), (480, 659, 480), (480, 480, 480), (301, 3600, 600), (299, 3600, 299),
        ])
    func longestWait(interval: Double, staleAge: Double, wait: Double) {
        #expect(knownRhythm(interval: interval, staleAge: staleAge).nextFetch(after: at(1830)) == at(1830 + wait))
    }

    @Test("A missed upload and one in between change nothing")
    func missedUpload() {
        var rhythm = UploadRhythm(interval: .seconds(480), staleAge: .seconds(3600))
        for time in [0, 600, 1200, 2400, 3000, 3120, 3600.0] {
            rhythm.observe([station(measuredAt: time)], at: at(time + 30))
        }
        // 600, 600, 1200, 600, 120, 480: five of six fit.
        let next = rhythm.nextFetch(after: at(3630)).timeIntervalSince(at(3600))
        #expect((600...660).contains(next), "\(next)")
    }

    @Test("Readings that were on their way at the last fetch move the next one back, and slowly forward again")
    func late() {
        var rhythm = knownRhythm(interval: 480)
        rhythm.observe([station(measuredAt: 1800)], at: at(2475))
        rhythm.observe([station(measuredAt: 2400)], at: at(2955))
        #expect(rhythm.nextFetch(after: at(2955)) == at(3000 + 105 + 600), "75 s late, and 30 s more; the one at 3105 is too soon")
        rhythm.observe([station(measuredAt: 3600)], at: at(3705))
        #expect(rhythm.nextFetch(after: at(3705)) == at(4200 + 104.5))
    }

    @Test("With several stations the time is taken after which their readings are youngest")
    func severalStations() {
        var rhythm = UploadRhythm(interval: .seconds(480), staleAge: .seconds(3600))
        for upload in 0..<5 {
            let time = 600.0 * Double(upload)
            let stations = [("a", 0.0), ("b", 40), ("c", 55)].map { station($0.0, measuredAt: time + $0.1) }
            rhythm.observe(stations, at: at(time + 100))
        }
        // a is due at 3030, b at 3070, c at 3085.
        #expect(rhythm.nextFetch(after: at(2500)) == at(3085))
    }

    @Test("A station that is silent for three uploads no longer counts")
    func silent() {
        var rhythm = knownRhythm(interval: 480)
        #expect(rhythm.nextFetch(after: at(3600)) == at(4230))
        #expect(rhythm.nextFetch(after: at(3601)) == at(4081))
        rhythm.observe([station(measuredAt: nil)], at: at(3300))
        #expect(rhythm.nextFetch(after: at(3300)) == at(3780), "nor does one without a time")
    }

    @Test("A clock that is set back, a station that goes back in time, or a time ahead begins anew")
    func clockSetBack() {
        var rhythm = knownRhythm(interval: 480)
        rhythm.observe([station(measuredAt: 1800)], at: at(1000))
        #expect(rhythm.nextFetch(after: at(1830)) == at(2310), "a clock behind the reading's time")
        rhythm = knownRhythm(interval: 480)
        rhythm.observe([station(measuredAt: 1200)], at: at(1900))
        #expect(rhythm.nextFetch(after: at(1830)) == at(2310), "a reading older than the last one")
        rhythm = knownRhythm(interval: 480)
        rhythm.observe([station(measuredAt: 31_536_000)], at: at(1900))
        #expect(rhythm.nextFetch(after: at(1830)) == at(2310), "a time ahead")
        rhythm = knownRhythm(interval: 480)
        rhythm.forget()
        #expect(rhythm.nextFetch(after: at(1830)) == at(2310))
    }

    @Test("A station whose base has no time is known by its modules; many stations cost no more than 32")
    func modules() {
        var rhythm = UploadRhythm(interval: .seconds(480), staleAge: .seconds(3600))
        for upload in 0..<4 {
            let time = 600.0 * Double(upload)
            let module = Device(id: "m", kind: .indoor, name: nil, readings: Readings(time: at(time), values: [:]))
            let base = Device(id: "a", kind: .base, name: nil, readings: nil)
            let others = (0..<40).map { station("s\($0)", measuredAt: nil) }
            rhythm.observe([Station(base: base, modules: [module], name: nil, homeName: nil)] + others, at: at(time + 30))
        }
        #expect(rhythm.nextFetch(after: at(1830)) == at(2430))
    }
}

@Suite("A day in the stations' rhythm")
struct UploadDayTests {
    @Test("Uploads each 10 minutes, an interval of 8: readings are much younger, by fewer requests")
    func usualDay() {
        let day = UploadDay(phases: [137], period: 600, jitter: 5)
        let (plain, rhythmic) = (day.run(interval: 480, isPlain: true), day.run(interval: 480))
        #expect(plain.meanAge > 530)
        #expect(plain.worstAge > 1040)
        #expect(rhythmic.meanAge < 350, "\(rhythmic.meanAge)")
        #expect(rhythmic.worstAge < 700, "\(rhythmic.worstAge)")
        #expect(rhythmic.fetches.count < plain.fetches.count)
    }

    @Test("One upload in twenty is missed, others are up to 20 s early or late, readings come 75 s after they were measured")
    func oddDay() {
        let day = UploadDay(phases: [137], period: 600, jitter: 20, delay: 75, missing: 20)
        let (plain, rhythmic) = (day.run(interval: 480, isPlain: true), day.run(interval: 480))
        #expect(rhythmic.meanAge < plain.meanAge - 60, "\(rhythmic.meanAge) instead of \(plain.meanAge)")
        #expect(rhythmic.fetches.count <= plain.fetches.count)
    }

    @Test("Four stations, each at its own time")
    func severalStations() {
        let day = UploadDay(phases: [0, 130, 290, 450], period: 600, jitter: 10)
        let (plain, rhythmic) = (day.run(interval: 480, isPlain: true), day.run(interval: 480))
        #expect(rhythmic.meanAge <= plain.meanAge + 15, "\(rhythmic.meanAge) instead of \(plain.meanAge)")
        #expect(rhythmic.fetches.count <= plain.fetches.count)
    }

    @Test(
        "Whatever the interval: readings are not older in the mean, but for chance, and no two fetches are closer than it or further apart than two",
        arguments: [30.0, 60, 120, 240, 300, 420, 480, 540, 598, 601, 660, 780, 900, 1200, 1500, 1800, 3600]
    )
    func intervals(interval: Double) {
        for (period, jitter) in [(600.0, 5.0), (598, 0), (300, 5)] {
            let day = UploadDay(phases: [211], period: period, jitter: jitter)
            let (plain, rhythmic) = (day.run(interval: interval, isPlain: true), day.run(interval: interval))
            // Where the interval fits the uploads by chance, it can't be bettered; the half minute's wait for an upload counts too.
            #expect(rhythmic.meanAge <= plain.meanAge * 1.1 + 15, "each \(period) s: \(rhythmic.meanAge) instead of \(plain.meanAge)")
            #expect(rhythmic.fetches.count <= plain.fetches.count)
            let waits = zip(rhythmic.fetches, rhythmic.fetches.dropFirst()).map { $1 - $0 }
            #expect(waits.allSatisfy { (interval - 0.001...2 * interval + 0.001).contains($0) }, "each \(period) s")
        }
    }
}

/// A time of the bench so many seconds after its start.
private func at(_ seconds: TimeInterval) -> Date {
    SampleStations.now(seconds)
}

private func station(_ id: String = "a", measuredAt seconds: TimeInterval?) -> Station {
    let readings = Readings(time: seconds.map(at), values: [:])
    return Station(base: Device(id: id, kind: .base, name: nil, readings: readings), modules: [], name: nil, homeName: nil)
}

/// A rhythm that knows a station with uploads at 0, 600, 1200 and 1800.
private func knownRhythm(interval: Double, staleAge: Double = 7200) -> UploadRhythm {
    var rhythm = UploadRhythm(interval: .seconds(interval), staleAge: .seconds(staleAge))
    for upload in 0..<4 {
        rhythm.observe([station(measuredAt: 600.0 * Double(upload))], at: at(600.0 * Double(upload) + 30))
    }
    return rhythm
}

/// Stations that upload for a day, and somebody who looks at the readings every 15 s.
private struct UploadDay {
    struct Result {
        var fetches: [TimeInterval] = []
        var meanAge = 0.0
        var worstAge = 0.0
    }

    /// Each station's uploads in their order.
    let uploads: [[TimeInterval]]
    /// How long after they were measured readings can be fetched.
    let delay: TimeInterval

    /// - Parameters:
    ///   - phases: When each station uploads first, in seconds.
    ///   - missing: One upload in so many does not come; none where it is 0.
    init(phases: [TimeInterval], period: TimeInterval, jitter: TimeInterval, delay: TimeInterval = 12, missing: Int = 0) {
        var generator = SeededGenerator(seed: 10)
        uploads = phases.map { phase in
            (-20..<Int(86_400 / period)).compactMap { count in
                let time = phase + Double(count) * period + Double.random(in: -jitter...jitter, using: &generator)
                return missing > 0 && count > 0 && Int.random(in: 0..<missing, using: &generator) == 0 ? nil : time
            }
        }
        self.delay = delay
    }

    func run(interval: TimeInterval, isPlain: Bool = false) -> Result {
        var result = Result()
        var rhythm = UploadRhythm(interval: .seconds(interval), staleAge: .seconds(86_400))
        var (now, next, count) = (0.0, 0.0, 0)
        var known = uploads.map { $0[0] }
        while now < 86_400 {
            if now >= next {
                known = uploads.map { uploads in uploads.last { $0 + delay <= next } ?? uploads[0] }
                rhythm.observe(known.enumerated().map { station("\($0.offset)", measuredAt: $0.element) }, at: at(next))
                result.fetches.append(next)
                next = isPlain ? next + interval : rhythm.nextFetch(after: at(next)).timeIntervalSince(at(0))
            }
            // The first two hours it learns.
            if now > 7200 {
                let ages = known.map { now - $0 }
                result.meanAge += ages.reduce(0, +) / Double(ages.count)
                result.worstAge = max(result.worstAge, ages.max() ?? 0)
                count += 1
            }
            now += 15
        }
        result.meanAge /= Double(count)
        return result
    }
}
