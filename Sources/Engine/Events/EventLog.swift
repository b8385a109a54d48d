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
    private let events = Mutex<(kept: [Event], forgotten: Int)>(([], 0))
    private let publisher: any SnapshotPublisher
    private let logger: Logger

    package static let capacity = 500

    init(publisher: any SnapshotPublisher, logger: Logger) {
        self.publisher = publisher
        self.logger = logger
    }

    package func record(_ kind: Event.Kind, at time: Date) {
        let event = Event(time: time, kind: kind)
        // Published under the lock: of two at once the one that is kept last is published last.
        events.withLock { events in
            if events.kept.count >= Self.capacity {
                events.kept.removeFirst()
                events.forgotten += 1
            }
            events.kept.append(event)
            publisher.publish(events.kept, forgotten: events.forgotten)
        }
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
