import Logging
import NIOHTTP1
import OperatingSystem

/// Tells the log of requests that were refused for who sent them: a line a minute at most, however many there are, and each at level
/// debug. Neither names users, whose place somebody may have typed a password in.
struct AccessRefusals: Sendable {
    let logger: Logger
    let clock: any WallClock
    private let gate = MinuteGate()

    init(logger: Logger, clock: any WallClock) {
        self.logger = logger
        self.clock = clock
    }

    func record(_ fault: AccessFault, _ head: HTTPRequestHead, from address: String?) {
        logger.debug("http \(head.method.rawValue) refused: \(fault.status.code)")
        // A browser asks without a password first.
        guard fault != .noPassword, let others = gate.pass(at: clock.now) else { return }
        let origin = address.map { ", from \($0)" } ?? ""
        logger.warning("http refused: \(fault == .busy ? "too many passwords at once" : "a wrong user or password")\(origin)\(others)")
    }
}
