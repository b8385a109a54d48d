import FoundationEssentials
import Synchronization

/// A wall clock that stands still until a test moves it.
final class TestClock: Sendable {
    /// Monday 23 November 2026, 17:18:05 in Bergen.
    static let monday = 1_795_450_685

    private let seconds: Mutex<Int>

    init(at seconds: Int = TestClock.monday) {
        self.seconds = Mutex(seconds)
    }

    var time: Int { self.seconds.withLock { $0 } }

    func now() -> Date { Date(timeIntervalSince1970: Double(self.time)) }

    func advance(by seconds: Int) {
        self.seconds.withLock { $0 += seconds }
    }

    func set(to seconds: Int) {
        self.seconds.withLock { $0 = seconds }
    }
}
