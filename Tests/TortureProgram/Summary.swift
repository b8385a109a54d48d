import Glibc
import Torture

/// What all tortures together came to.
struct Summary {
    private var total = TortureResult()

    var isGood: Bool { total.failures.isEmpty && total.tokensLost == 0 }

    mutating func add(_ name: String, _ result: TortureResult) {
        total.cases += result.cases
        total.faults += result.faults
        total.tokensLost += result.tokensLost
        total.failures += result.failures.map { "\(name): \($0)" }
        total.figures += result.figures.map { "\(name): \($0)" }
    }

    var text: String {
        let head = [
            "", "cases run        \(total.cases)", "faults survived  \(total.faults)", "tokens lost      \(total.tokensLost)",
            "failures         \(total.failures.count)",
        ]
        return (head + total.failures.map { "  \($0)" } + total.figures).joined(separator: "\n")
    }
}

/// Writes a line at once, also where it goes into a pipe.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// For a line that people read.
func wholeSeconds(_ duration: Duration) -> Int {
    Int((duration / .seconds(1)).rounded())
}
