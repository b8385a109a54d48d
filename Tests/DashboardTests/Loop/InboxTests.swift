import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Screen

@Suite("The inbox of the loop")
struct InboxTests {
    private let key = InputEvent.key(.character("x"))

    @Test("holds input back while it is full, and takes it once it was emptied", arguments: [1, 2])
    func bound(more: Int) async throws {
        let inbox = Inbox()
        await inbox.post(Array(repeating: key, count: Inbox.mostInputs - 1))
        await inbox.post(Array(repeating: key, count: more))
        let last = Task { await inbox.post([key]) }
        // Time enough for it to get in where nothing holds it back.
        for _ in 0..<1000 { await Task.yield() }
        // Nothing but input is held back, and what waits outside is not in the batch.
        inbox.postTick()
        let first = await inbox.next()
        #expect(first.inputs.count == Inbox.mostInputs - 1 + more)
        #expect(first.hasTick)
        try await waiting(for: "the input that waited") { await last.value }
        let second = try await waiting(for: "what waited") { await inbox.next() }
        #expect(second.inputs.count == 1)
    }

    @Test("lets the end of the terminal in while it is full")
    func hangUp() async throws {
        let inbox = Inbox()
        await inbox.post(Array(repeating: key, count: Inbox.mostInputs))
        try await waiting(for: "the end of the terminal to be posted") { await inbox.post([.hangUp]) }
        #expect(await inbox.next().isHungUp)
    }

    @Test("keeps the newest snapshots, a few of them")
    func snapshots() async {
        let inbox = Inbox()
        for count in 0..<20 {
            var snapshot = Snapshot()
            snapshot.exporter = .listening(address: "", port: count)
            inbox.post(snapshot)
        }
        let batch = await inbox.next()
        #expect(batch.snapshots.count == Inbox.mostSnapshots)
        #expect(batch.snapshots.last?.exporter == .listening(address: "", port: 19))
    }

    @Test("tells a second that is over from one in which something happened")
    func tick() async {
        let inbox = Inbox()
        inbox.postTick()
        #expect(await inbox.next().isTickAlone)
        inbox.postTick()
        await inbox.post([key])
        #expect(await inbox.next().isTickAlone == false)
    }

    @Test("is told to stop where its task is cancelled")
    func cancelled() async throws {
        let task = Task { await Inbox().next().isStopped }
        task.cancel()
        try await waiting(for: "the inbox to stop") { #expect(await task.value) }
    }
}
