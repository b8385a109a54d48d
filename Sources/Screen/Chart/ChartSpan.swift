import FoundationEssentials

/// How long a time a chart shows.
enum ChartSpan: Int, Sendable, Hashable, CaseIterable {
    case threeHours = 3
    case twelveHours = 12
    case day = 24
    case threeDays = 72

    var seconds: TimeInterval { Double(rawValue) * 3600 }

    /// In a title.
    var name: String { self == .threeDays ? "3 d" : "\(rawValue) h" }

    /// In a sentence.
    var words: String { self == .threeDays ? "3 days" : "\(rawValue) hours" }

    /// How many hours a bar of rain stands for.
    var barHours: Int { self == .threeDays ? 3 : 1 }

    /// The next longer or shorter one, or the same at the end.
    func moved(by step: Int) -> ChartSpan {
        let all = Self.allCases
        let index = (all.firstIndex(of: self) ?? 0) + step
        return all[min(max(0, index), all.count - 1)]
    }
}
