import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The words that plain lines are made of: times, durations and numbers, and nothing that the reader's locale can't show.
struct PlainWords: Sendable {
    let symbols: Symbols
    let time: LocalTime

    /// A line that is safe for any terminal, whoever chose the names in it.
    func line(_ text: String) -> String {
        let line = sanitised(text, symbols: symbols)
        guard symbols.isASCII, !line.utf8.allSatisfy({ $0 < 0x80 }) else { return line }
        return String(line.compactMap { $0 == "°" ? nil : $0.isASCII ? $0 : symbols.replacement })
    }

    /// `17:18:05`, or `Tue 17:18` where that is another day than now.
    func clock(_ date: Date, now: Date) -> String {
        time.clock(date, now: now)
    }

    /// The time of a document; `nil` where there is none, or what stands there is no time.
    func date(_ text: String?) -> Date? {
        text.flatMap(RFC3339.date)
    }

    /// A text of the document, with the user's times in place of those in UTC.
    func localised(_ text: String, now: Date) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let end = word.lastIndex { $0.isLetter || $0.isNumber }.map(word.index(after:)) ?? word.startIndex
            guard let date = RFC3339.date(String(word[..<end])) else { return String(word) }
            return clock(date, now: now) + word[end...]
        }.joined(separator: " ")
    }

    /// How long it is from one time to another, in words: `2 h 41 min`, `8 min`, `30 s`, `3 days`; never below zero.
    func span(from start: Date, to end: Date) -> String {
        let seconds = Int(max(0, min(end.timeIntervalSince(start), 1e9)))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: return "\(seconds / 86_400) days"
        }
    }

    /// A measured value with its unit, in metric ones as in the document: `-3.6 °C`.
    func value(_ value: Double, of measure: Measure) -> String {
        let text = measures.value(value, of: measure)
        return text.hasPrefix(symbols.minus) ? "-" + text.dropFirst(symbols.minus.count) : text
    }

    /// Writes values, in metric units.
    var measures: MeasureText {
        MeasureText(symbols: symbols, units: .metric)
    }

    /// A count of things.
    func count(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)\(number == 1 ? "" : "s")"
    }
}
