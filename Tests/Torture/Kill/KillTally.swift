import FoundationEssentials

/// What killing the program brought to light.
struct KillTally {
    let seed: UInt64
    /// Kills at random instants.
    var random = 0
    /// Kills aimed at a refresh: how long after NetAtmo got it, in milliseconds, and whether the new pair was lost by it.
    var aimed: [(delay: Double, isInWindow: Bool)] = []
    /// Kills of restarts, before they could be signed in.
    var restartsKilled = 0
    /// Kills of one that a screen showed.
    var underScreens = 0
    /// Kills at random instants that fell between NetAtmo's new pair and its file.
    var inWindow = 0
    /// Pairs that are gone although no kill fell into the window.
    var tokensLost = 0
    var failures: [String] = []
    /// Starts that found the new pair beside the file, in the write that a kill had cut off.
    var recovered = 0
    /// From the arrival of a refresh at NetAtmo to the new pair in a file beside the token file, in microseconds: the window.
    var untilWritten: [Double] = []
    /// From the arrival of a refresh at NetAtmo to the new token file, in microseconds.
    var untilReplaced: [Double] = []
    /// From NetAtmo's answer to the disk, as the program itself says, in microseconds.
    var inside: [Double] = []
    /// From a start to a token that works, in milliseconds.
    var starts: [Double] = []

    var kills: Int { random + aimed.count + restartsKilled }

    mutating func fail(_ what: String) {
        failures.append("kill \(kills), seed \(seed): \(what)")
    }

    /// Takes note of what a program logged in its life.
    mutating func read(log: [Substring]) {
        for line in log {
            if line.contains("token recovered: ") { recovered += 1 }
            guard let found = line.firstMatch(of: /token saved: on the disk (\d+) µs after/), let time = Double(found.1) else { continue }
            inside.append(time)
        }
    }

    /// Brings together when NetAtmo got refreshes and when files came.
    mutating func measure(rotations: [Date], writes: [Date], renames: [Date]) {
        untilWritten += Self.widths(from: rotations, to: writes)
        untilReplaced += Self.widths(from: rotations, to: renames)
    }

    /// In microseconds, from each refresh that something came of to the first that came: each belongs to the last refresh before it.
    private static func widths(from rotations: [Date], to changes: [Date]) -> [Double] {
        var open = rotations[...]
        return changes.compactMap { change in
            let before = open.prefix { $0 <= change }
            open = open[before.endIndex...]
            return before.last.map { change.timeIntervalSince($0) * 1e6 }
        }
    }

    var result: TortureResult {
        TortureResult(cases: kills, faults: kills - failures.count, tokensLost: tokensLost, failures: failures, figures: figures)
    }

    private var figures: [String] {
        let all = inWindow + aimed.count { $0.isInWindow }
        var lines = [
            "\(kills) kills: \(all) in the open window, signed in again by itself after all others, \(recovered) times from a write cut off",
            "\(random) kills at random instants: \(inWindow) in the open window",
            "\(underScreens) times what was killed was on a screen",
        ]
        lines += aimedLines
        lines += [
            ("the open window, from NetAtmo's getting a refresh to the new pair in a file", Percentiles(untilWritten).line),
            ("from NetAtmo's getting a refresh to the new token file", Percentiles(untilReplaced).line),
            ("from NetAtmo's answer to the disk, fsync and rename included, by the program's log", Percentiles(inside).line),
        ].compactMap { what, line in line.map { "\(what): \($0)" } }
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
