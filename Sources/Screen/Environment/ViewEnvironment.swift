import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What all views draw with beside their own state: the time, how times and values are written, and how old readings may be.
struct ViewEnvironment: Sendable {
    /// The time that ages and countdowns are counted from.
    let now: Date
    let time: LocalTime
    let symbols: Symbols
    let units: Units
    /// Readings older than this are marked as stale.
    let staleAge: Duration

    var measureText: MeasureText { MeasureText(symbols: symbols, units: units) }

    /// A time of day, or a day where it is far from now.
    func clock(_ date: Date) -> String { time.clock(date, now: now) }

    /// The same without seconds.
    func shortClock(_ date: Date) -> String { time.shortClock(date, now: now) }

    var freshness: Freshness { Freshness(at: now, staleAge: staleAge) }

    /// What is to be thought of a module now.
    func judgement(of module: Device) -> Judgement { Judgement(of: module, freshness) }
}
