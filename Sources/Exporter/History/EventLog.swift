import FoundationEssentials
import Logging
import System

/// The bounded history of what happened. Each event is shown, and logged as one line in the same words.
///
/// Publish, then tell: an event is recorded once the ``SnapshotStore`` holds the state that the event is about. Whoever sees that a
/// renewal failed, that readings came or that a token was saved finds it so in the same snapshot, and may act on it.
struct EventLog: Sendable {
    private let store: SnapshotStore
    private let logger: Logger

    /// How many events are kept.
    static let capacity = 500

    init(store: SnapshotStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Puts an event into the history and the log.
    func record(_ kind: Event.Kind, at time: Date) {
        let event = Event(time: time, kind: kind)
        store.update { snapshot in
            if snapshot.events.count >= Self.capacity { snapshot.events.removeFirst(snapshot.events.count - Self.capacity + 1) }
            snapshot.events.append(event)
        }
        let detail = event.detail { RFC3339.text(Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded())) }
        logger.log(level: event.logLevel, "\(event.subject.rawValue) \(event.outcome)\(detail.isEmpty ? "" : ": \(detail)")")
    }

    /// Puts a line into the log alone, for whoever looks for a fault.
    func debug(_ line: @autoclosure () -> String) {
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
