import EngineAPI
import FoundationEssentials

/// How long an engine has said nothing although the connection stands.
///
/// A screen that was stopped itself (Ctrl-Z, a machine that slept) first reads what waits for it: the time until it went on counts for
/// nothing.
struct Silence: Sendable {
    /// How often it is to be looked at, in seconds.
    static let step: TimeInterval = 5
    /// After so many seconds the engine is taken for gone: by then two signs of life and more are missing.
    static let longest: TimeInterval = 25

    private var lines: Int
    private var start: TimeInterval
    private var lastLook: TimeInterval

    /// - Parameters:
    ///   - lines: How many lines have come so far.
    ///   - uptime: The time, by a clock that is never set.
    init(after lines: Int, at uptime: TimeInterval) {
        self.lines = lines
        (start, lastLook) = (uptime, uptime)
    }

    /// Looks at it, ``step`` after the last time.
    ///
    /// - Parameter lines: How many lines have come by now.
    mutating func isTooLong(lines: Int, at uptime: TimeInterval) -> Bool {
        let wasStopped = uptime - lastLook >= 2 * Self.step
        if lines != self.lines || wasStopped { start = uptime }
        (self.lines, lastLook) = (lines, uptime)
        return uptime - start >= Self.longest
    }
}
