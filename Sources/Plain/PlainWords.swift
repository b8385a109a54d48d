import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// The words that plain lines are made of: times, durations and numbers, and nothing that the reader's locale can't show.
struct PlainWords: Sendable {
    let symbols: Symbols
    let time: LocalTime

    /// A line that is safe for any terminal, also with hostile names in it.
    func line(_ text: String) -> String {
        let line = sanitised(text, symbols: symbols)
        guard symbols.isASCII, !line.utf8.allSatisfy({ $0 < 0x80 }) else { return line }
        return String(line.compactMap { $0 == "°" ? nil : $0.isASCII ? $0 : symbols.replacement })
    }

    /// `17:18:05`, with the day where that is another one than today: see ``LocalTime/clock(_:now:)``.
    func clock(_ date: Date, now: Date) -> String {
        time.clock(date, now: now)
    }

    /// A measured value with its unit, with the minus sign that a screen reader knows: `-3.6 °C`.
    func amount(_ reading: ReadingText) -> String {
        let number = reading.text.replacing("\u{2212}", with: "-")
        return reading.unit.isEmpty ? number : "\(number) \(reading.unit)"
    }

    func count(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)\(number == 1 ? "" : "s")"
    }
}
