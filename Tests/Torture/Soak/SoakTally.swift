/// What a soak brought to light.
struct SoakTally {
    let seed: UInt64
    var scrapes = 0
    /// In microseconds.
    var scrapeTimes: [Double] = []
    var requests = 0
    var faults = 0
    var renewals = 0
    /// Scrapes without a valid token while NetAtmo refused to give one.
    var excused = 0
    /// The medians of each stretch of time.
    var uses: [ProcessUse] = []
    private var failures: [String] = []
    private var failureCount = 0

    /// More memory than that is growth, less is an allocator's noise. In KiB.
    private static let memoryNoise = 2048
    /// More failures than that tell nothing new.
    private static let toldFailures = 20

    init(seed: UInt64) {
        self.seed = seed
    }

    mutating func fail(_ what: String) {
        failureCount += 1
        if failureCount <= Self.toldFailures { failures.append("scrape \(scrapes), seed \(seed): \(what)") }
    }

    /// The figures of the stretch that ended last.
    var lastLine: String {
        let use = uses.last.map { "\($0.residentKiB) KiB resident, \($0.descriptors) descriptors" } ?? "nothing measured"
        return "\(use); so far \(scrapes) scrapes, \(renewals) renewals, \(faults) faults, \(failureCount) failures"
    }

    func result(judgesMemory: Bool) -> TortureResult {
        let told = failureCount > failures.count ? ["and \(failureCount - failures.count) more"] : []
        return TortureResult(
            cases: scrapes, faults: faults, failures: failures + told + growth(judgesMemory: judgesMemory), figures: figures
        )
    }

    /// From the second stretch on, since the first one fills caches and pools.
    private func growth(judgesMemory: Bool) -> [String] {
        guard let base = uses.dropFirst().first, let last = uses.last else { return [] }
        var grown: [String] = []
        if judgesMemory, last.residentKiB > base.residentKiB + Self.memoryNoise {
            grown.append("resident memory grew from \(base.residentKiB) to \(last.residentKiB) KiB")
        }
        // One for a connection to NetAtmo that is there or not.
        if last.descriptors > base.descriptors + 1 {
            grown.append("open descriptors grew from \(base.descriptors) to \(last.descriptors)")
        }
        return grown
    }

    private var figures: [String] {
        var lines = [
            "\(scrapes) scrapes answered in: " + (Percentiles(scrapeTimes).line ?? "none"),
            "\(requests) requests to NetAtmo, \(faults) of them with a fault; \(renewals) renewals",
            "\(excused) scrapes without a valid token while NetAtmo gave none",
        ]
        if let base = uses.dropFirst().first, let last = uses.last {
            lines.append("resident from the second stretch to the last: \(base.residentKiB) to \(last.residentKiB) KiB")
            lines.append("open descriptors: \(base.descriptors) to \(last.descriptors)")
        }
        return lines
    }
}
