package import FoundationEssentials

extension LocalTime {
    /// The text with its times in RFC 3339 as times of day: see ``clock(_:now:)``.
    package func localised(_ text: String, now: Date) -> String {
        text.replacingTimes { clock($0, now: now) }
    }
}

extension String {
    /// The text with each of its times in RFC 3339 written another way.
    package func replacingTimes(_ clock: (Date) -> String) -> String {
        split(separator: " ", omittingEmptySubsequences: false).map { word in
            let end = word.lastIndex { $0.isLetter || $0.isNumber }.map(word.index(after:)) ?? word.startIndex
            guard word.first?.isNumber == true, let date = RFC3339.date(String(word[..<end])) else { return String(word) }
            return clock(date) + word[end...]
        }.joined(separator: " ")
    }
}
