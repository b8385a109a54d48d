/// The lowest and highest value of a local day so far, and when they were first reached.
struct DayExtremes: Equatable, Sendable {
    struct Mark: Equatable, Sendable {
        var value: Int
        var time: Int
    }

    private(set) var lowest: Mark
    private(set) var highest: Mark

    init(value: Int, time: Int) {
        lowest = Mark(value: value, time: time)
        highest = lowest
    }

    mutating func include(value: Int, time: Int) {
        if value < lowest.value { lowest = Mark(value: value, time: time) }
        if value > highest.value { highest = Mark(value: value, time: time) }
    }
}

enum Trend: String, Encodable, Sendable {
    case up, stable, down

    /// - Parameters:
    ///   - change: the value now less the value some time ago.
    ///   - threshold: the smallest change that counts, in the same unit.
    init(change: Int, threshold: Int) {
        self = change >= threshold ? .up : change <= -threshold ? .down : .stable
    }
}
