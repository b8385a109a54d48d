import Synchronization
import Testing

@testable import OperatingSystem

@Suite("When to look at a file")
struct FileLooksTests {
    /// Does what a test says, and notes what is asked of it.
    private final class Script: NameChanges {
        struct State {
            var coverage = WatchCoverage.whole
            var hasChanged = false
            var changesInWait = false
            var steps: [String] = []
        }

        let state = Mutex(State())

        func watch(_ names: [String: Set<String>]) -> WatchCoverage {
            state.withLock { state in
                defer { if state.coverage == .wholeFromNow { state.coverage = .whole } }
                return state.coverage
            }
        }

        func takeChanges() -> Bool {
            state.withLock { state in
                defer { state.hasChanged = false }
                return state.hasChanged
            }
        }

        func wait(atMost time: Duration) async {
            note("told or \(time)")
            state.withLock { state in
                if state.changesInWait { state.hasChanged = true }
                state.changesInWait = false
            }
        }

        func note(_ step: String) {
            state.withLock { $0.steps.append(step) }
        }

        func takeSteps() -> [String] {
            state.withLock { state in
                defer { state.steps = [] }
                return state.steps
            }
        }
    }

    private let script = Script()
    private let looks: FileLooks

    init() {
        looks = FileLooks(at: { ["/state": ["token.json"]] }, by: script, pause: { [script] in script.note("\($0)") })
    }

    /// What is waited for before each of so many looks.
    private func waits(_ count: Int) async -> [String] {
        for _ in 0..<count { await looks.next() }
        return script.takeSteps()
    }

    private static let told = "told or 60.0 seconds"
    private static let pause = "2.0 seconds"

    @Test("A file that rests is looked at once a minute")
    func rest() async {
        #expect(await waits(4) == [Self.pause, Self.told, Self.told, Self.told])
    }

    @Test("A change is looked at at once, and again two seconds later, when it has come to rest")
    func change() async {
        _ = await waits(2)
        script.state.withLock { $0.changesInWait = true }
        #expect(await waits(4) == [Self.told, Self.pause, Self.told, Self.told])
    }

    @Test("A change right behind a look is looked at two seconds after that look")
    func changeBehindLook() async {
        _ = await waits(2)
        script.state.withLock { $0.hasChanged = true }
        #expect(await waits(3) == [Self.pause, Self.pause, Self.told])
    }

    @Test("Two looks follow the last of several changes")
    func changes() async {
        _ = await waits(2)
        for _ in 0..<5 {
            script.state.withLock { $0.hasChanged = true }
            #expect(await waits(1) == [Self.pause])
        }
        #expect(await waits(2) == [Self.pause, Self.told])
    }

    @Test("One that is watched only from now on may have changed unseen: two looks follow")
    func fromNow() async {
        _ = await waits(2)
        script.state.withLock { $0.coverage = .wholeFromNow }
        #expect(await waits(4) == [Self.told, Self.pause, Self.told, Self.told])
    }

    @Test("Where not all is told, it is looked at every two seconds, until all is")
    func partial() async {
        script.state.withLock { $0.coverage = .partial }
        #expect(await waits(4) == [Self.pause, Self.pause, Self.pause, Self.pause])
        script.state.withLock { $0.coverage = .wholeFromNow }
        #expect(await waits(3) == [Self.pause, Self.pause, Self.told])
    }

    @Test("A file whose names can't be told is looked at every two seconds")
    func noNames() async {
        let looks = FileLooks(at: { nil }, by: script, pause: { [script] in script.note("\($0)") })
        for _ in 0..<3 { await looks.next() }
        #expect(script.takeSteps() == [Self.pause, Self.pause, Self.pause])
    }

    @Test("They end when the task does")
    func end() async {
        let looks = AsyncStream.looks(looks)
        let count = await Task {
            var count = 0
            for await _ in looks {
                count += 1
                if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
            return count
        }.value
        #expect(count == 3)
    }
}
