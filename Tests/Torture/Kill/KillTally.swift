import FoundationEssentials

/// What killing the program brought to light.
struct KillTally {
    let seed: UInt64
    /// Kills at random instants.
    var random = 0
    /// Kills aimed at a refresh: how long after NetAtmo got it, in milliseconds, and whether the new pair was lost by it.
    var aimed: [(delay: Double, isInWindow: Bool)] = []
    /// Kills at random instants that fell between NetAtmo's new pair and its file.
    var inWindow = 0
    /// Pairs that are gone although no kill fell into the window.
    var tokensLost = 0
    var failures: [String] = []
    /// From the arrival of a refresh at NetAtmo to the new file, in microseconds.
    var outside: [Double] = []
    /// From NetAtmo's answer to the disk, as the program itself says, in microseconds.
    var inside: [Double] = []
    /// From a start to a token that works, in milliseconds.
    var starts: [Double] = []

    var kills: Int { random + aimed.count }

    mutating func fail(_ what: String) {
        failures.append("kill \(kills), seed \(seed): \(what)")
    }

    /// Takes note of the times that the program logged.
    mutating func read(log: [Substring]) {
        for line in log {
            guard let found = line.firstMatch(of: /token saved: on the disk (\d+) µs after/), let time = Double(found.1) else { continue }
            inside.append(time)
        }
    }

    /// Brings together when NetAtmo got refreshes and when files came: each file belongs to the last refresh before it.
    mutating func measure(granted: [Date], renames: [Date]) {
        var open = granted[...]
        for rename in renames {
            let before = open.prefix { $0 <= rename }
            guard let last = before.last else { continue }
            outside.append(rename.timeIntervalSince(last) * 1e6)
            open = open[before.endIndex...]
        }
    }

    var result: TortureResult {
        TortureResult(cases: kills, faults: kills - failures.count, tokensLost: tokensLost, failures: failures, figures: figures)
    }

    private var figures: [String] {
        var lines = ["\(random) kills at random instants: \(inWindow) in the open window, signed in again after all others"]
        lines.append(contentsOf: aimedLines)
        if let line = Percentiles(inside).line { lines.append("open window, from NetAtmo's answer to the disk, by the program: \(line)") }
        if let line = Percentiles(outside).line {
            lines.append("open window and NetAtmo's own time, from request to file, from outside: \(line)")
        }
        let sorted = starts.sorted()
        if let last = sorted.last {
            lines.append("from start to signed in: median \(Int(sorted[sorted.count / 2])) ms, max \(Int(last)) ms")
        }
        return lines
    }

    private var aimedLines: [String] {
        guard !aimed.isEmpty else { return [] }
        let parts = (0...6).compactMap { millisecond -> String? in
            let kills = aimed.filter { min(Int(max($0.delay, 0)), 6) == millisecond }
            guard !kills.isEmpty else { return nil }
            return "\(millisecond)\(millisecond == 6 ? " and more" : "") ms: \(kills.count { $0.isInWindow }) of \(kills.count)"
        }
        let hits = aimed.count { $0.isInWindow }
        return [
            "\(aimed.count) kills aimed at a refresh: \(hits) in the open window, by the time after NetAtmo got it: "
                + parts.joined(separator: ", ")
        ]
    }
}
