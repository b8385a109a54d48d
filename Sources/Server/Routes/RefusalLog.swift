import Logging
import OperatingSystem

/// Tells the log of requests to sign in that were refused: a line a minute at most, however many there are. They make no history.
struct RefusalLog: Sendable {
    enum Reason: String, Sendable {
        case noKey = "no one-time key"
        case badKey = "a one-time key that is wrong, used or too old"
        case foreignForm = "a form that is not of this exporter's page"
        case unknownState = "an answer that belongs to no sign-in under way"
        case tooMany = "too many sign-ins begun without a key"
    }

    let logger: Logger
    let clock: any WallClock
    private let gate = MinuteGate()

    func record(_ reason: Reason, from address: String?) {
        guard let others = gate.pass(at: clock.now) else { return }
        let origin = address.map { ", from \($0)" } ?? ""
        logger.warning("token sign-in refused: \(reason.rawValue)\(origin)\(others)")
    }
}
