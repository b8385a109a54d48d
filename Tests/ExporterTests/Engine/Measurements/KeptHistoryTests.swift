import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("Histories in a file")
struct KeptHistoryTests {
    /// Three days of a module, by a seed: walks as sensors' values are, with gaps where nothing was heard.
    static func sample(_ number: Int = 0, measures: [Measure] = [.temperature, .co2, .humidity, .noise, .pressure], count: Int = 864)
        -> KeptHistory
    {
        var random = SeededGenerator(seed: UInt64(number))
        var history = MeasureHistory(measures: measures)
        var (time, walk) = (SampleStations.now.timeIntervalSince1970 - 259_200, MeasureTable<Double>())
        for _ in 0..<count {
            time += Int.random(in: 0..<200, using: &random) == 0 ? 1234 : 300
            let isHeard = Int.random(in: 0..<50, using: &random) > 0
            history.append(at: Date(timeIntervalSince1970: time)) { measure in
                let step =
                    Double(Int.random(in: -3...3, using: &random)) * (measure.unit == .celsius || measure.unit == .millibars ? 0.1 : 1)
                walk[measure] = (walk[measure] ?? (measure == .co2 ? 600 : 20)) + step
                return isHeard ? ((walk[measure] ?? 0) * 10).rounded() / 10 : nil
            }
        }
        return KeptHistory(
            subject: HistorySubject(deviceID: "70:ee:50:00:00:01", moduleID: number == 0 ? nil : "05:\(number)", measures: measures),
            history: history, fetchedAt: SampleStations.now(-60.5), completeUntil: SampleStations.now(-0.25)
        )
    }

    private func again(_ kept: KeptHistory) throws -> KeptHistory {
        try JSONDecoder.status().decode(KeptHistory.self, from: JSONEncoder.complete().encode(kept))
    }

    private func expectSame(_ one: KeptHistory, _ other: KeptHistory) {
        #expect(one.subject == other.subject)
        #expect((one.fetchedAt, one.completeUntil) == (other.fetchedAt, other.completeUntil))
        #expect(one.history.count == other.history.count)
        for measure in one.subject.measures { #expect(one.history.points(of: measure) == other.history.points(of: measure)) }
    }

    @Test("are the same when they are read again, with their gaps", arguments: [0, 1, 2, 863])
    func roundTrip(count: Int) throws {
        let kept = Self.sample(count: count)
        expectSame(try again(kept), kept)
    }

    @Test("keep whether they are of a room; without a word they are of a device, as releases wrote them that knew no rooms")
    func kind() throws {
        let device = Self.sample(1, measures: [.temperature, .setpoint], count: 3)
        let subject = HistorySubject(room: "05:1", ofHome: device.subject.deviceID, measures: device.subject.measures)
        let room = KeptHistory(
            subject: subject, history: device.history, fetchedAt: device.fetchedAt, completeUntil: device.completeUntil)
        expectSame(try again(room), room)
        let text = { (kept: KeptHistory) in String(decoding: try JSONEncoder.complete().encode(kept), as: UTF8.self) }
        #expect(try text(room).contains(#""kind":"room""#) && !text(device).contains("kind"))
        let other = try text(room).replacing(#""kind":"room""#, with: #""kind":"cellar""#)
        let file = Array("{\"form\":1}\n\(other)\n\(try text(device))\n".utf8)
        let (lines, problem) = MemoryLines.lines(KeptHistory.self, in: file, limit: EngineMemory.limit)
        #expect(lines.map(\.subject) == [device.subject] && problem == .damaged(lines: 1), "another kind costs itself alone")
    }

    @Test("keep what a rain gauge and a wind gauge tell, to the last decimal")
    func odd() throws {
        var history = MeasureHistory(measures: [.rain, .windAngle])
        for (seconds, rain, angle) in [(0.0, 0.101, -1.0), (300, nil, 359), (601, 12.5, nil), (900, 0, 0)] as [(Double, Double?, Double?)] {
            history.append(at: SampleStations.now(seconds)) { $0 == .rain ? rain : angle }
        }
        let subject = HistorySubject(deviceID: "70:ee", moduleID: "05:1", measures: [.rain, .windAngle])
        let kept = KeptHistory(subject: subject, history: history, fetchedAt: SampleStations.now, completeUntil: SampleStations.now)
        expectSame(try again(kept), kept)
        #expect(try again(kept).history.points(of: .rain).map(\.value) == [0.101, nil, 12.5, 0])
    }

    @Test("have room in 1 MiB, all 64 of them, whatever kind of modules they are of")
    func size() {
        let histories = (0..<64).map { Self.sample($0) }
        let text = MemoryLines.text(of: histories, limit: EngineMemory.limit)
        #expect(text.count < EngineMemory.limit)
        let (lines, problem) = MemoryLines.lines(KeptHistory.self, in: text, limit: EngineMemory.limit)
        #expect(problem == nil)
        #expect(lines.map(\.subject) == histories.map(\.subject))
    }

    @Test(
        "are left out where they are damaged",
        arguments: [
            (#""CO2""#, #""moon""#), (#""CO2""#, #""Temperature""#), (#""runs":[["#, #""runs":[[1,2,3],["#),
            (#""runs":[["#, #""runs":[[-1,300,1],["#), (#""runs":[["#, #""runs":[[1,300],["#),
            (#""runs":[["#, #""runs":[[1,300,9223372036854775807],["#),
            (#""runs":[["#, #""runs":[[9223372036854775807,9223372036854775807,3],["#),
            (#""steps":["#, #""steps":[1,"#), (#""steps":["#, #""steps":[9223372036854775808,"#), (#""fetchedAt":"2"#, #""fetchedAt":"x"#),
        ])
    func damaged(_ part: String, _ other: String) throws {
        var text = String(decoding: try JSONEncoder.complete().encode(Self.sample()), as: UTF8.self)
        text.replaceSubrange(try #require(text.range(of: part)), with: other)
        let (lines, problem) = MemoryLines.lines(KeptHistory.self, in: Array("{\"form\":1}\n\(text)\n".utf8), limit: EngineMemory.limit)
        #expect(lines.isEmpty && problem == .damaged(lines: 1))
    }

    @Test("never end the program that reads them, whatever their bytes are", arguments: 1...4 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) async throws {
        let sample = Array(try JSONEncoder.complete().encode(Self.sample(count: 20)))
        try await onOwnThread {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<500 {
                let bytes = sample.spoiled(most: 10, using: &random)
                guard let kept = try? JSONDecoder.status().decode(KeptHistory.self, from: Data(bytes)) else { continue }
                _ = kept.subject.measures.map { kept.history.points(of: $0) }
                _ = try JSONEncoder.complete().encode(kept)
            }
        }
    }
}
