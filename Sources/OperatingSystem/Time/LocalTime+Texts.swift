package import FoundationEssentials

extension LocalTime {
    /// A text for programs, such as a line of the log, with the user's times in place of those in UTC.
    package func localised(_ text: String, now: Date) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let end = word.lastIndex { $0.isLetter || $0.isNumber }.map(word.index(after:)) ?? word.startIndex
            guard word.first?.isNumber == true, let date = RFC3339.date(String(word[..<end])) else { return String(word) }
            return clock(date, now: now) + word[end...]
        }.joined(separator: " ")
    }
}
