import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("Histories of coarser scales")
struct MeasureArchiveScaleTests {
    private static let hour = 3600.0
    private static let day = 86_400.0
    /// When the clock starts.
    private static let now = SampleStations.now.timeIntervalSince1970

    /// Values by the time at which their steps begin, in seconds from the clock's start.
    private func steps(_ values: (offset: Double, value: Double)...) -> Reply {
        .status(200, "{\"body\": {\(values.map { "\"\(Int(Self.now + $0.offset))\": [\($0.value)]" }.joined(separator: ", "))}}")
    }

    private func subject(_ scale: HistoryScale, _ module: String = "05:00") -> HistorySubject {
        HistorySubject(deviceID: "70:ee", moduleID: module, measures: [.rain], scale: scale)
    }

    private func begins(_ bench: ArchiveBench) -> [Double] {
        bench.transport.requests.map { ($0.form["date_begin"].flatMap { Double($0.reveal()) } ?? .nan) - Self.now.rounded(.down) }
    }

    private func failure(_ bench: ArchiveBench, _ subject: HistorySubject) async -> HistoryError? {
        do throws(HistoryError) {
            _ = try await bench.archive.history(of: subject)
            return nil
        } catch {
            return error
        }
    }

    private static let reaches: [(HistoryScale, Double)] = [
        (.measurement, 259_200), (.halfHour, 606_600), (.hour, 2_682_000), (.threeHours, 2_689_200), (.day, 31_708_800),
        (.week, 604_800_000), (.month, 631_139_040),
    ]

    @Test("each scale reaches back over the span that is looked at with it, and its first step", arguments: reaches)
    func reach(scale: HistoryScale, seconds: Double) async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, steps())
        _ = try await bench.archive.history(of: subject(scale))
        #expect(begins(bench) == [-seconds])
        #expect(bench.transport.requests.first?.form["scale"]?.reveal() == scale.rawValue)
        #expect(seconds / scale.step <= 1024, "one answer holds all of it")
    }

    @Test("each span is reached by its scale", arguments: HistorySpan.allCases)
    func spans(span: HistorySpan) {
        if let seconds = span.seconds { #expect(span.scale.reach >= seconds) }
    }

    @Test("only what is new is asked for later: the newest step is replaced, those before it are not asked for again")
    func renewed() async throws {
        let bench = ArchiveBench()
        let noon = -12 * Self.hour
        bench.transport.script(
            ArchiveBench.path, steps((noon - 2 * Self.day, 1), (noon - Self.day, 2), (noon, 3)), steps((noon, 5)),
            steps((noon, 6), (noon + Self.day, 7)))
        #expect(try await bench.archive.history(of: subject(.day)).points(of: .rain).map(\.value) == [1, 2, 3])
        bench.clock.advance(by: .seconds(Self.hour))
        #expect(try await bench.archive.history(of: subject(.day)).points(of: .rain).map(\.value) == [1, 2, 5])
        bench.clock.advance(by: .seconds(Self.day))
        let last = try await bench.archive.history(of: subject(.day)).points(of: .rain)
        #expect(last.map(\.value) == [1, 2, 6, 7])
        #expect(last.map { ($0.time.timeIntervalSince1970 - Self.now).rounded(.up) } == [-2, -1, 0, 1].map { noon + $0 * Self.day })
        #expect(begins(bench) == [-367 * Self.day, noon, noon])
    }

    @Test("a day that is given anew by a clock that went an hour otherwise is not there twice", arguments: [-3600.0, 3600])
    func clockChange(shift: Double) async throws {
        let bench = ArchiveBench()
        bench.transport.script(
            ArchiveBench.path, steps((-1.5 * Self.day, 1), (-0.5 * Self.day, 2)), steps((-0.5 * Self.day + shift, 5), (0.5 * Self.day, 6)))
        _ = try await bench.archive.history(of: subject(.day))
        bench.clock.advance(by: .seconds(Self.day))
        #expect(try await bench.archive.history(of: subject(.day)).points(of: .rain).map(\.value) == [1, 5, 6])
    }

    @Test("what falls out of its reach is forgotten")
    func forgotten() async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, steps((-7 * Self.day, 1), (-1800, 2)), steps())
        _ = try await bench.archive.history(of: subject(.halfHour))
        bench.clock.advance(by: .seconds(1801))
        #expect(try await bench.archive.history(of: subject(.halfHour)).points(of: .rain).map(\.value) == [2])
    }

    /// When the newest step began, and how long it is fresh, in seconds.
    private static let freshness: [(HistoryScale, Double, Double)] = [
        (.measurement, -60, 600), (.halfHour, -60, 1740), (.halfHour, -1750, 600), (.hour, -600, 3000), (.threeHours, -60, 3600),
        (.threeHours, -9600, 1200), (.day, -60, 3600), (.day, -81_000, 1800), (.day, -108_000, 600), (.week, -60, 3600),
        (.week, -600_300, 900), (.month, -2_414_900, 700),
    ]

    @Test(
        "what is kept serves until a new step can have come, ten minutes at least and, since one under way changes, an hour at most",
        arguments: freshness)
    func fresh(scale: HistoryScale, latest: Double, fresh: Double) async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, steps((latest.rounded(.up), 1)), steps())
        _ = try await bench.archive.history(of: subject(scale))
        bench.clock.advance(by: .seconds(fresh - 2))
        _ = try await bench.archive.history(of: subject(scale))
        #expect(bench.transport.requests.count == 1)
        bench.clock.advance(by: .seconds(3))
        #expect(try await bench.archive.history(of: subject(scale)).count == 1, "an answer with nothing new takes nothing away")
        #expect(bench.transport.requests.count == 2)
    }

    @Test("each scale of a module is kept by itself, and what is fresh waits for no other's request")
    func waitsForNone() async throws {
        let bench = ArchiveBench()
        let gate = Gate()
        bench.transport.script(ArchiveBench.path, steps((-60, 1)), steps((-120, 2)).held(by: gate))
        _ = try await bench.archive.history(of: subject(.day))
        async let week = bench.archive.history(of: subject(.week))
        try await bench.transport.requests(atLeast: 2)
        #expect(try await bench.archive.history(of: subject(.day)).points(of: .rain).map(\.value) == [1])
        gate.open()
        #expect(try await week.points(of: .rain).map(\.value) == [2])
    }

    @Test("64 of coarser scales are kept, and none of each measurement is driven out for them; readings go to those alone")
    func bounded() async throws {
        let bench = ArchiveBench()
        let station = SampleStations.fjord
        let subjects = station.historySubjects
        for _ in 0..<200 { bench.transport.script(ArchiveBench.path, steps((-Self.hour, 1))) }
        for subject in subjects { _ = try await bench.archive.history(of: subject) }
        for subject in subjects { _ = try await bench.archive.history(of: subject.at(.day)) }
        await bench.archive.add([station])
        for number in subjects.count..<65 { _ = try await bench.archive.history(of: subject(.day, "05:\(number)")) }
        #expect(await bench.archive.keptCount == 64 + subjects.count)
        #expect(await bench.archive.histories.map(\.subject).allSatisfy { $0.scale == .measurement }, "the file has these alone")
        let asked = bench.transport.requests.count
        #expect(try await bench.archive.history(of: subjects[0]).count == 2)
        let day = try await bench.archive.history(of: try #require(subjects.last).at(.day))
        #expect(day.count == 1)
        #expect(bench.transport.requests.count == asked)
        _ = try await bench.archive.history(of: subjects[0].at(.day))
        #expect(bench.transport.requests.count == asked + 1, "the one that was looked at longest ago")
    }

    @Test("where NetAtmo fails, days are shown as long as less than one is missing, and measurements as long as less than an hour is")
    func failing() async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, steps((-Self.hour, 1)), steps((-Self.hour, 2)))
        let scales = [HistoryScale.day, .measurement]
        for scale in scales { _ = try await bench.archive.history(of: subject(scale)) }
        for _ in 0..<9 { bench.transport.script(ArchiveBench.path, .outage) }
        bench.clock.advance(by: .seconds(Self.day - 1))
        #expect(try await bench.archive.history(of: subject(.day)).count == 1)
        guard case .failed = await failure(bench, subject(.measurement)) else {
            Issue.record("a day without a measurement was shown as if it were all")
            return
        }
        bench.clock.advance(by: .seconds(2))
        guard case .failed(_, let next) = await failure(bench, subject(.day)) else {
            Issue.record("an old history was shown as if it were new")
            return
        }
        #expect(next > bench.clock.now)
    }

    @Test("measurements too are asked for from the newest on that NetAtmo gave, though later ones were read")
    func measurements() async throws {
        let bench = ArchiveBench()
        let station = SampleStations.fjord
        let subject = try #require(station.historySubjects.first)
        let read = try #require(station.base.readings?.time).timeIntervalSince1970 - Self.now
        bench.transport.script(
            ArchiveBench.path, steps((read - 900, 1), (read - 600, 2)), steps((read - 600, 2), (read - 300, 3)), steps((read - 300, 3)))
        _ = try await bench.archive.history(of: subject)
        await bench.archive.add([station])
        bench.clock.advance(by: .seconds(600))
        let times = try await bench.archive.history(of: subject).points(of: .temperature).map { $0.time.timeIntervalSince1970 - Self.now }
        #expect(times.map { ($0 - read).rounded() } == [-900, -600, -300, 0], "what was read stays behind it")
        bench.clock.advance(by: .seconds(600))
        _ = try await bench.archive.history(of: subject)
        #expect(begins(bench).dropFirst().map { ($0 - read).rounded() } == [-600, -300])
    }

    @Test("by a clock that was set back, and of a file that does not say until when, all is asked for again", arguments: [true, false])
    func unknownEnd(isSetBack: Bool) async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, steps((-60, 1)), steps((-60, 1)))
        if isSetBack {
            _ = try await bench.archive.history(of: subject(.measurement))
            bench.clock.set(to: SampleStations.now(-3000))
        } else {
            var kept = KeptHistoryTests.sample(1, measures: [.temperature])
            kept.completeUntil = SampleStations.now(-7200)
            await bench.archive.restore([kept])
            bench.clock.advance(by: .seconds(700))
        }
        let again = isSetBack ? subject(.measurement) : KeptHistoryTests.sample(1, measures: [.temperature]).subject
        _ = try await bench.archive.history(of: again)
        #expect(begins(bench).last == (isSetBack ? -3000 : 700) - 3 * Self.day)
    }

    @Test("through the whole engine: a year of days of the simulator, with extremes around the values, and rain that adds up")
    func engine() async throws {
        try await EngineBench.run(file: { try await .refreshTokenOnly(of: $0) }) { bench in
            try await bench.isUp()
            let station = try #require(bench.store.snapshot.data.stations.first)
            for subject in station.historySubjects {
                bench.clock.advance(by: .seconds(11))
                let year = try await bench.engine.history(of: subject.at(.day))
                #expect((330...368).contains(year.count), "\(subject.id)")
                for measure in subject.measures {
                    for point in year.points(of: measure) {
                        guard let extremes = point.extremes else {
                            #expect([.rain, .windStrength, .windAngle, .gustStrength, .gustAngle].contains(measure))
                            continue
                        }
                        #expect(point.value.map(extremes.contains) == true)
                        #expect(point.leastTime.map { (0..<90_000).contains($0.timeIntervalSince(point.time)) } == true)
                    }
                }
                guard subject.measures == [.rain] else { continue }
                bench.clock.advance(by: .seconds(11))
                let each = try await bench.engine.history(of: subject).points(of: .rain)
                let day = try #require(year.points(of: .rain).dropLast().last)
                let sum = each.filter { (0..<86_400).contains($0.time.timeIntervalSince(day.time)) }.compactMap(\.value).reduce(0, +)
                #expect(abs(sum - (day.value ?? -1)) < 1e-6)
            }
        }
    }
}
