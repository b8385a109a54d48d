import FoundationEssentials
import Homes

/// How good a history is as it is kept, and what readings add to it.
extension KeptHistory {
    /// The shortest time, in seconds, between two readings of a room that are kept: it has no time of measurement, so that each answer has a
    /// new one, however soon it comes.
    private static let spacing: TimeInterval = 240

    func isFresh(at now: Date) -> Bool {
        // Where half hours stand in place of each measurement, what was read since is no step.
        let latest = subject.askedScale == subject.scale ? history.latest : answeredUntil
        let freshness = subject.askedScale.freshness(fetchedAt: fetchedAt, latest: latest)
        return (0..<freshness).contains(now.timeIntervalSince(fetchedAt))
    }

    /// Puts what a room's readings have of it at the end.
    mutating func addReadings(of room: Device) {
        guard let readings = room.readings, let time = readings.time, history.measures.contains(where: { readings[$0] != nil }) else {
            return
        }
        if let latest = history.latest, time.timeIntervalSince(latest) < Self.spacing { return }
        history.append(at: time) { readings[$0] }
    }

    /// Whether little is missing at its end: at most an hour, or a step.
    func isComplete(at now: Date) -> Bool {
        abs(now.timeIntervalSince(completeUntil)) < subject.scale.patience
    }
}
