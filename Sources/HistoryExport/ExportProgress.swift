package import FoundationEssentials
import OperatingSystem

/// How far an export is.
package struct ExportProgress: Sendable, Hashable {
    /// How many requests were answered.
    package let done: Int
    /// How many are to come.
    package let left: Int
    /// Whose answer came last.
    package let module: String
    /// Until when that was.
    package let until: Date

    package init(done: Int, left: Int, module: String, until: Date) {
        self.done = done
        self.left = left
        self.module = module
        self.until = until
    }

    init(_ order: ExportOrder, at position: ExportPosition, behind page: ExportPage) {
        self.init(
            done: position.requests, left: order.requests(from: position), module: page.device.module,
            until: position.next.map { $0.addingTimeInterval(-1) } ?? page.end)
    }

    package var all: Int { done + left }
    package var percent: Int { all > 0 ? done * 100 / all : 100 }

    /// `41 %, 254 of 618 requests, 48 min left: Stue until 2023-05-01`
    package func words(_ pace: ExportPace) -> String {
        let time = left > 0 ? ", \(Self.words(pace.time(of: all) - pace.time(of: done))) left" : ""
        return "\(percent) %, \(done) of \(all) requests\(time): \(module) until \(RFC3339.text(until).prefix(10))"
    }

    /// The same with a bar before it, in so many columns.
    package func bar(_ pace: ExportPace, columns: Int) -> String {
        let words = words(pace)
        let width = min(30, columns - words.count - 4)
        guard width >= 5 else { return String(words.prefix(max(0, columns - 1))) }
        let full = width * percent / 100
        return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: width - full) + "] " + words
    }

    /// A time in words: `40 s`, `12 min`, `1 h 22 min`.
    package static func words(_ seconds: TimeInterval) -> String {
        DurationText.words(from: Date(timeIntervalSince1970: 0), to: Date(timeIntervalSince1970: max(0, seconds).rounded(.up)))
    }
}
