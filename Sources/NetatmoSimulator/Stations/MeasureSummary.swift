/// What is left of the measurements of a step.
struct MeasureSummary: Equatable, Sendable {
    /// A measurement. A direction goes with its wind.
    struct Mark: Equatable, Sendable {
        var value: Double
        var time: Int
        var direction: Double = 0
    }

    private(set) var sum = 0.0
    private(set) var count = 0
    private(set) var lowest: Mark
    private(set) var highest: Mark
    private(set) var latest: Mark

    init(_ mark: Mark) {
        (lowest, highest, latest) = (mark, mark, mark)
        add(mark)
    }

    mutating func add(_ mark: Mark) {
        sum += mark.value
        count += 1
        if mark.value < lowest.value { lowest = mark }
        if mark.value > highest.value { highest = mark }
        latest = mark
    }

    /// Adds what is left of a later step.
    mutating func add(_ later: MeasureSummary) {
        sum += later.sum
        count += later.count
        if later.lowest.value < lowest.value { lowest = later.lowest }
        if later.highest.value > highest.value { highest = later.highest }
        latest = later.latest
    }

    var mean: Double { sum / Double(count) }
}

/// Remembers what is left of whole days that are over, since months and years are made of the same ones. A memory only.
struct DayBook: Sendable {
    struct Page: Hashable, Sendable {
        let unit: String
        let quantity: MeasureType.Quantity
        let day: Int
    }

    /// More than six units' years; a few MB.
    private static let capacity = 16_384

    private var summaries: [Page: MeasureSummary?] = [:]

    /// - Parameter make: makes the summary, `nil` where nothing was measured.
    mutating func summary(_ page: Page, _ make: () -> MeasureSummary?) -> MeasureSummary? {
        if let known = summaries[page] { return known }
        let summary = make()
        if summaries.count >= Self.capacity { summaries.removeAll() }
        summaries[page] = .some(summary)
        return summary
    }
}
