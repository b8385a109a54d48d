import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

/// What the engine's own memory, and the user's own screen in another process, have of an event.
@Suite("An event that was JSON on the way")
struct EventRecordTests {
    private static let clock = { @Sendable (time: Date) in "<\(time.timeIntervalSince1970)>" }

    private func again(_ event: Event) throws -> Event {
        try JSONDecoder.status().decode(EventRecord.self, from: JSONEncoder.complete().encode(EventRecord(event))).event
    }

    @Test("is the same event, whatever it tells", arguments: SampleEvents.kinds)
    func everyKind(_ kind: Event.Kind) throws {
        let event = Event(time: SampleStations.now(-0.5), kind: kind)
        let told = try again(event)
        #expect(told == event)
        #expect(told.line(clock: Self.clock) == event.line(clock: Self.clock))
    }

    @Test("has samples of each kind, and of all that they hold")
    func samples() {
        #expect(SampleEvents.kinds.count == Set(SampleEvents.kinds).count)
        #expect(SampleEvents.kinds.count >= 60)
    }

    @Test("is under the name of its case, which other releases read, beside its words")
    func form() throws {
        let event = Event(time: SampleStations.now, kind: .tokenRenewed(until: SampleStations.now(10_800), took: .milliseconds(53)))
        #expect(
            String(decoding: try JSONEncoder.complete().encode(EventRecord(event)), as: UTF8.self) == """
                {"detail":"until 2026-11-23T20:18:05Z","error":null,\
                "kind":{"tokenRenewed":{"took":0.053,"until":"2026-11-23T20:18:05Z"}},\
                "outcome":"renewed","severity":"good","subject":"token","time":"2026-11-23T17:18:05Z"}
                """)
    }

    @Test(
        "is told in the words of its sender where that one's release says more than this one knows",
        arguments: [
            (#""tokenRenewed""#, #""tokenPainted""#), (#""took":0.053"#, #""took":"short""#), (#""took":0.053"#, #""took":1e300"#),
            (#""took":0.053,"until":"2026-11-23T20:18:05Z""#, #""spent":1"#), (#""kind""#, #""was""#),
        ])
    func otherRelease(_ part: String, _ other: String) throws {
        let event = Event(time: SampleStations.now, kind: .tokenRenewed(until: SampleStations.now(10_800), took: .milliseconds(53)))
        let text = String(decoding: try JSONEncoder.complete().encode(EventRecord(event)), as: UTF8.self)
        #expect(text.contains(part))
        let told = try JSONDecoder.status().decode(EventRecord.self, from: Data(text.replacing(part, with: other).utf8)).event
        guard case .told = told.kind else {
            Issue.record("\(told.kind) was made of \(other)")
            return
        }
        #expect(told.time == event.time)
        #expect(told.line(clock: Self.clock) == event.line(clock: Self.clock))
        #expect((told.subject, told.severity) == (event.subject, event.severity))
        #expect(try again(told) == told, "and goes on as that")
    }

    @Test("says of the token file where it is, as replies and the token's state do; the status for the network does not")
    func paths() throws {
        let error = SampleEvents.fullDisk
        let soon = SampleStations.now(60)
        func again<Value: Codable>(_ value: Value, by encoder: JSONEncoder = .complete()) throws -> Value {
            try JSONDecoder.status().decode(Value.self, from: encoder.encode(value))
        }
        #expect(try again(error) == error)
        #expect(try again(RenewalReply.notSavable(error)) == .notSavable(error))
        #expect(try again(SignInError.notSavable(error)) == .notSavable(error))
        for saving in [.failed(error, next: soon), .blocked(error, next: soon)] as [TokenStatus.Saving] {
            #expect(try again(saving) == saving)
        }
        let forOthers = try JSONEncoder.status().encode(RenewalReply.notSavable(error))
        #expect(!String(decoding: forOthers, as: UTF8.self).contains("somewhere"))
        #expect(try again(error, by: .status()).path == "")

        let unknown = String(decoding: try JSONEncoder.complete().encode(error), as: UTF8.self).replacing(#""system""#, with: #""moon""#)
        let told = try JSONDecoder.status().decode(TokenFileError.self, from: Data(unknown.utf8))
        #expect((told.path, told.reason, told.remedy) == (error.path, error.reason, error.remedy))
    }

    @Test("never ends the program that reads it, whatever its bytes are", arguments: 1...4 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) async throws {
        let samples = try SampleEvents.kinds.map { kind in
            Array(try JSONEncoder.complete().encode(EventRecord(Event(time: SampleStations.now, kind: kind))))
        }
        try await onOwnThread {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<2000 {
                let bytes = try #require(samples.randomElement(using: &random)).withExtremes(using: &random)
                guard let told = try? JSONDecoder.status().decode(EventRecord.self, from: Data(bytes)).event else { continue }
                _ = (told.line(clock: Self.clock), told.subject, told.severity, told.error)
                #expect((try? again(told)) == told)
            }
        }
    }
}
