import Testing

@testable import OperatingSystem

@Suite("A queue of its own for an actor")
struct QueueExecutorTests {
    private actor Counter {
        private let executor = QueueExecutor(label: "test")
        private(set) var count = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func increment() {
            // Stops the program where this is another queue.
            executor.checkIsolated()
            count += 1
        }

        nonisolated func incrementInPlace() {
            assumeIsolated { $0.increment() }
        }

        func incrementByCallback() {
            incrementInPlace()
        }
    }

    @Test("Its work is never done twice at once")
    func exclusive() async {
        let counter = Counter()
        await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await counter.increment() } }
        }
        #expect(await counter.count == 1000)
    }

    @Test("The actor's work can tell that it is on its queue")
    func isolation() async {
        let counter = Counter()
        await counter.incrementByCallback()
        #expect(await counter.count == 1)
    }
}
