import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes

@Suite("Counting a gauge's steps")
struct RainCountTests {
    private static let gauge = "05:00:00:00:00:12"

    private func at(_ seconds: TimeInterval) -> Date { SampleStations.now(seconds) }

    private func steps(_ steps: (TimeInterval, Double?)...) -> [MeasureHistory.Point] {
        steps.map { MeasureHistory.Point(time: at($0.0), value: $0.1) }
    }

    private func count() -> RainCount { RainCount(gauge: Self.gauge, after: at(0)) }

    @Test("Each is counted once, however often it comes")
    func once() {
        var count = count()
        let page = steps((0, 5), (300, 0.101), (600, 0), (900, 0.202))
        count.add(page, until: at(3600))
        #expect(count.micrometers == 303 && count.lastStep == at(900), "the first was not behind the step that it began with")
        count.add(page, until: at(3600))
        count.add(steps((900, 0.202), (1200, 0.101)), until: at(3600))
        #expect(count.micrometers == 404 && count.lastStep == at(1200))
    }

    @Test("A thousand tenths are a hundred, to the last digit")
    func noDrift() {
        var count = count()
        count.add((1...1000).map { MeasureHistory.Point(time: at(Double($0)), value: 0.1) }, until: at(3600))
        #expect(count.micrometers == 100_000)
    }

    @Test("A step without a value is waited for until one with a value follows; one that can't be is none")
    func odd() {
        var count = count()
        count.add(steps((300, 0.1), (600, nil)), until: at(3600))
        #expect(count.lastStep == at(300))
        count.add(steps((600, 0.2), (900, nil), (1200, 0.4)), until: at(3600))
        #expect(count.micrometers == 700 && count.lastStep == at(1200))
        count.add(steps((1500, -1), (3600, 0.1), (3601, 0.8)), until: at(3600))
        #expect(count.micrometers == 800 && count.lastStep == at(3600), "none of the future")
    }

    @Test("A count of the run before goes on, and is served once what was missed meanwhile is counted")
    func restored() throws {
        let gauge = try #require(SampleStations.all.flatMap(\.devices).first { $0.kind == .rain })
        let latest = try #require(gauge.readings?.time)
        var earlier = RainCount(gauge: gauge.id, after: latest.addingTimeInterval(-900))
        earlier.add([.init(time: latest.addingTimeInterval(-600), value: 1.5)], until: latest)
        let store = SnapshotStore()
        let ledger = RainLedger(publisher: store, changes: MemoryChanges())
        ledger.restore([earlier])
        ledger.note(SampleStations.all)
        #expect(ledger.counts.contains(earlier) && store.rain[gauge] == nil)
        ledger.add([.init(time: latest.addingTimeInterval(-300), value: 0.5)], of: gauge.id, until: latest)
        ledger.note(SampleStations.all)
        #expect(store.rain[gauge] == nil, "a step is still missing")
        ledger.add([.init(time: latest, value: 0.25)], of: gauge.id, until: latest)
        ledger.settle(gauge.id)
        #expect(store.rain[gauge] == 2.25)
    }

    @Test("What is kept of it is the same when it is read again")
    func kept() {
        var count = count()
        count.add(steps((300, 12.303)), until: at(3600))
        let memory = EngineMemory(rain: [count, RainCount(gauge: "05:b", after: at(7))])
        let (again, problem) = EngineMemory.reading(memory.text)
        #expect(problem == nil && again.rain == memory.rain)
    }

    @Test(
        "Damaged, it is told once, and costs no other",
        arguments: [
            ("303", "-303"), ("303", "1125899906842625"), ("303", "99999999999999999999"), ("303", "3.5"), ("303", "\"303\""),
            ("\"lastStep\":", "\"lastStep\":-"), ("\"lastStep\":", "\"lastStep\":9"), ("micrometers", "millimeters"),
            ("\"gauge\":\"05:00", "\"gauge\":[\"05:00"),
        ])
    func damaged(part: String, other: String) throws {
        var count = count()
        count.add(steps((300, 0.303)), until: at(3600))
        let text = String(decoding: EngineMemory(rain: [count, RainCount(gauge: "06:b", after: at(7))]).text, as: UTF8.self)
        let lines = text.split(separator: "\n").map { line -> String in
            guard line.contains("05:00"), let place = line.firstRange(of: part) else { return String(line) }
            return line.replacingCharacters(in: place, with: other)
        }
        let (memory, problem) = EngineMemory.reading(Array(lines.joined(separator: "\n").utf8))
        #expect(problem == .damaged(lines: 1))
        #expect(memory.rain.map(\.gauge) == ["06:b"])
    }

    @Test("The most that can be kept can be counted on")
    func most() throws {
        let text = #"{"form":1}"# + "\n" + #"{"rain":{"gauge":"g","lastStep":1,"micrometers":1125899906842624}}"#
        var count = try #require(EngineMemory.reading(Array(text.utf8)).memory.rain.first)
        count.add(steps((1, 500)), until: at(3600))
        #expect(count.micrometers == 1 << 50)
    }
}
