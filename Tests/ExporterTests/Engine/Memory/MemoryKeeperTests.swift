import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("The memory's file")
struct MemoryKeeperTests {
    private static let fullDisk = FileError(operation: "write", code: ENOSPC)

    private struct Bench: Sendable {
        let clock = ManualClock()
        let store = SnapshotStore()
        let memory: FakeMemory
        let changes = MemoryChanges()
        let events: EventLog
        let keeper: MemoryKeeper

        init(_ text: String? = nil) {
            memory = FakeMemory(text)
            let (changes, store) = (changes, store)
            let events = EventLog(publisher: store, logger: CollectedLog().logger, onEvent: { changes.note(.usual) })
            let content = MemoryKeeper.Content(
                restore: { $0.isEmpty ? nil : .damaged(lines: 3) }, text: { Array("\(events.events.count) events".utf8) })
            self.events = events
            keeper = MemoryKeeper(memory, content, changes: changes, interval: .seconds(60), events: events, clock: clock)
        }

        func happens() {
            events.record(.tokenMissing, at: clock.now)
        }

        /// Waits until it sleeps for so many seconds.
        func sleeps(_ seconds: Double) async throws {
            try await clock.sleeper(until: clock.now.addingTimeInterval(seconds))
        }

        func wrote(_ count: Int) async throws {
            _ = try await until("\(count) writes", every: .milliseconds(1)) { memory.writes >= count ? true : nil }
            #expect(memory.writes == count)
        }

        /// Something happens first, and is written a second later.
        func isWritten() async throws {
            happens()
            try await sleeps(1)
            clock.advance(by: .seconds(1))
            try await wrote(1)
        }

        var problems: [String] {
            store.snapshot.events.compactMap { if case .memoryProblem = $0.kind { $0.line { "\($0)" } } else { nil } }
        }
    }

    @Test("is written a second after the first change, then not for a minute, with all that happened by then")
    func onceAMinute() async throws {
        let bench = Bench()
        try await running([bench.keeper]) { _ in
            bench.happens()
            try await bench.sleeps(1)
            bench.happens()
            bench.clock.advance(by: .seconds(1))
            try await bench.wrote(1)
            #expect(bench.memory.text == "2 events")
            for _ in 0..<100 { bench.happens() }
            try await bench.sleeps(60)
            bench.clock.advance(by: .seconds(59))
            #expect(bench.memory.writes == 1)
            bench.clock.advance(by: .seconds(1))
            try await bench.wrote(2)
            #expect(bench.memory.text == "102 events")
        }
        #expect(bench.memory.writes == 2, "what is written already is not written again at the end")
    }

    @Test("is written within a second of a request, however lately it was written")
    func urgent() async throws {
        let bench = Bench()
        try await running([bench.keeper]) { _ in
            try await bench.isWritten()
            bench.happens()
            try await bench.sleeps(60)
            bench.clock.advance(by: .seconds(5))
            bench.changes.note(.urgent)
            try await bench.wrote(2)
            bench.changes.note(.urgent)
            try await bench.sleeps(1)
            bench.clock.advance(by: .seconds(1))
            try await bench.wrote(3)
        }
    }

    @Test("is left alone where nothing changes: nobody sleeps, nobody looks at a clock")
    func rest() async throws {
        let bench = Bench()
        try await running([bench.keeper]) { _ in
            try await bench.isWritten()
            for _ in 0..<100 { await Task.yield() }
            let reads = bench.clock.reads
            bench.clock.advance(by: .seconds(86_400))
            for _ in 0..<100 { await Task.yield() }
            #expect(bench.clock.deadlines.isEmpty)
            #expect(bench.clock.reads == reads)
            #expect(bench.memory.writes == 1)
        }
    }

    @Test("is written at the end, with what happened last")
    func end() async throws {
        let bench = Bench()
        try await running([bench.keeper]) { _ in bench.happens() }
        #expect(bench.memory.writes == 1)
        #expect(bench.memory.text == "1 events")
    }

    @Test("does not wait for hours where the clock was set back")
    func clockSetBack() async throws {
        let bench = Bench()
        try await running([bench.keeper]) { _ in
            try await bench.isWritten()
            bench.happens()
            try await bench.sleeps(60)
            bench.clock.set(to: SampleStations.now(-7200))
            try await bench.sleeps(1)
            bench.clock.advance(by: .seconds(1))
            try await bench.wrote(2)
        }
    }

    @Test("is written again where something happens while it is written")
    func meanwhile() async throws {
        let (clock, memory, changes, store) = (ManualClock(), FakeMemory(nil), MemoryChanges(), SnapshotStore())
        let texts = Journal()
        let content = MemoryKeeper.Content(restore: { _ in nil }) {
            texts.note("a text")
            if texts.entries.count == 1 { changes.note(.usual) }
            return []
        }
        let keeper = MemoryKeeper(
            memory, content, changes: changes, interval: .seconds(60),
            events: EventLog(publisher: store, logger: CollectedLog().logger), clock: clock)
        try await running([keeper]) { _ in
            changes.note(.urgent)
            try await clock.sleeper(until: clock.now.addingTimeInterval(1))
            clock.advance(by: .seconds(1))
            _ = try await until("a write", every: .milliseconds(1)) { memory.writes >= 1 ? true : nil }
        }
        #expect(memory.writes == 2)
    }

    @Test("is woken by the first change and by one that is urgent, and by no other")
    func bell() async {
        let changes = MemoryChanges()
        changes.note(.usual)
        await changes.bell.wait()
        let wakes = Journal()
        let keeper = Task {
            await changes.bell.wait()
            wakes.note("woken")
        }
        for _ in 0..<100 {
            changes.note(.usual)
            await Task.yield()
        }
        #expect(wakes.entries == [])
        changes.note(.urgent)
        await keeper.value
        changes.note(.usual)
        #expect(changes.urgency == .urgent)
        changes.takeAll()
        #expect(changes.urgency == nil)
    }

    @Test("that can't be written is told once, tried again with the next change, and no more often than it is written")
    func unwritable() async throws {
        let bench = Bench()
        bench.memory.fail(with: Self.fullDisk)
        try await running([bench.keeper]) { _ in
            bench.happens()
            for write in 1...5 {
                try await bench.sleeps(write == 1 ? 1 : 60)
                bench.clock.advance(by: .seconds(60))
                try await bench.wrote(write)
                bench.happens()
            }
            bench.memory.fail(with: nil)
        }
        #expect(
            bench.problems == [
                "exporter warning: token.json.history can't be written, a restart forgets what it is for: can't write: "
                    + "No space left on device; make room on the disk"
            ])
        #expect(bench.memory.text == "7 events")
    }

    @Test("that can't be read is told once, and what it was is written over")
    func unreadable() async throws {
        let bench = Bench("x")
        bench.memory.fail(with: FileError(operation: "open", code: EACCES))
        await bench.keeper.restore()
        #expect(bench.problems.count == 1 && bench.problems[0].contains("is lost, it can't be read: can't open: Permission denied"))
        let damaged = Bench("x")
        await damaged.keeper.restore()
        #expect(damaged.problems == ["exporter warning: 3 lines of token.json.history can't be read and are left out"])
        #expect(damaged.memory.writes == 0)
    }

    @Test("that is damaged is written anew though nothing else changes: within a second, and at the end of a run that is shorter")
    func damaged() async throws {
        for waits in [true, false] {
            let bench = Bench("x")
            // What is told of it is a change too, but not everything that is remembered has the events.
            let charts = MemoryKeeper(
                bench.memory, .init(restore: { _ in .damaged(lines: 3) }, text: { Array("what is left".utf8) }), changes: MemoryChanges(),
                interval: .seconds(60), events: bench.events, clock: bench.clock)
            try await running([charts]) { _ in
                await charts.restore()
                guard waits else { return }
                try await bench.sleeps(1)
                bench.clock.advance(by: .seconds(1))
                try await bench.wrote(1)
            }
            #expect(bench.memory.text == "what is left" && bench.memory.writes == 1)
        }
    }

    @Test("that another release wrote stays as it is until there is something new to remember")
    func otherForm() async throws {
        let bench = Bench("x")
        let charts = MemoryKeeper(
            bench.memory, .init(restore: { _ in .otherForm }, text: { [] }), changes: MemoryChanges(), interval: .seconds(60),
            events: bench.events, clock: bench.clock)
        try await running([charts]) { _ in await charts.restore() }
        #expect(bench.memory.text == "x")
        #expect(bench.problems.count == 1)
    }

    @Test("that is a symbolic link, or whatever else is not the program's own, is told once, with what is expected")
    func foreign() async throws {
        let bench = Bench("x")
        bench.memory.fail(with: .foreign("/t/token.json.history", .symbolicLink))
        await bench.keeper.restore()
        try await running([bench.keeper]) { _ in bench.happens() }
        #expect(bench.memory.writes == 1)
        #expect(
            bench.problems == [
                "exporter warning: token.json.history is a symbolic link, where a regular file of the user who runs this program is "
                    + "expected: it is left alone, and nothing is remembered over a restart until it is moved away"
            ])
    }
}
