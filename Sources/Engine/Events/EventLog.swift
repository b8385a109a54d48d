package import EngineAPI
package import FoundationEssentials
import Logging
import Netatmo
import Synchronization
import OperatingSystem

/// The one owner of the events: keeps the latest, and logs each as one line in the same words.
///
/// Publish, then tell: an event is recorded once the state that it is about is published. A reader that sees that a renewal failed,
/// that readings came or that a token was saved finds it so in the same snapshot, and may act on it.
package final class EventLog: Sendable {
    private struct State {
        var events: [Event] = []
        /// How many there were before them.
        var forgotten = 0
        /// How many of them are of runs before this one.
        var earlier = 0
    }

    private let state = Mutex(State())
    private let publisher: any SnapshotPublisher
    private let logger: Logger
    private let onEvent: @Sendable () -> Void

    package static let capacity = 500

    init(publisher: any SnapshotPublisher, logger: Logger, onEvent: @escaping @Sendable () -> Void = {}) {
        self.publisher = publisher
        self.logger = logger
        self.onEvent = onEvent
    }

    /// Those that are kept, oldest first.
    var events: [Event] { state.withLock { $0.events } }

    /// Those of them that runs before this one recorded.
    var earlierEvents: [Event] { state.withLock { Array($0.events.prefix($0.earlier)) } }

    /// Puts what runs before this one recorded in front of what this one did so far, as far as there is room; the log has them already.
    func restore(_ earlier: [Event]) {
        state.withLock { state in
            let earlier = earlier.suffix(Self.capacity - state.events.count)
            state.events = earlier + state.events
            state.earlier = earlier.count
            publisher.publish(state.events, forgotten: state.forgotten)
        }
    }

    /// - Parameter isLogged: Whether the log has a line of its own for it already, so that none is written.
    package func record(_ kind: Event.Kind, at time: Date, isLogged: Bool = false) {
        let event = Event(time: time, kind: kind)
        // Published under the lock: of two at once the one that is kept last is published last.
        state.withLock { state in
            if state.events.count >= Self.capacity {
                state.events.removeFirst()
                state.forgotten += 1
                state.earlier = max(0, state.earlier - 1)
            }
            state.events.append(event)
            publisher.publish(state.events, forgotten: state.forgotten)
        }
        onEvent()
        guard !isLogged else { return }
        let line = event.line { RFC3339.text(Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded())) }
        logger.log(level: event.logLevel, "\(line)")
    }

    /// Puts a line into the log alone, for the search for a fault.
    package func debug(_ line: @autoclosure () -> String) {
        logger.debug("\(line())")
    }
}

extension Event {
    fileprivate var logLevel: Logger.Level {
        switch severity {
        case .good, .neutral: .info
        case .warning: .warning
        case .bad: .error
        }
    }
}
