import FoundationEssentials
import TerminalUI

@testable import EngineAPI
@testable import EngineRemote
@testable import OperatingSystem
@testable import Plain

/// The lines that an engine tells its state in are taken, or refused with one reason, in whatever pieces they come; what they make up
/// can be counted on and shown.
enum StateProperties {
    /// Shorter than any that is read in earnest, so that it is reached.
    private static let longestLine = 3000

    static func check(_ bytes: [UInt8]) throws(Violation) {
        var reader = LineReader(limit: longestLine)
        var state: RemoteState?
        for piece in [bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)] {
            guard let lines = try? reader.lines(adding: piece) else { return }
            for line in lines {
                try require(line.count <= longestLine && !line.contains(UInt8(ascii: "\n")), "a line that is none")
                guard try take(line, &state) else { return }
            }
        }
    }

    /// - Returns: Whether the line was taken.
    private static func take(_ line: [UInt8], _ state: inout RemoteState?) throws(Violation) -> Bool {
        do throws(RemoteState.Fault) {
            if state == nil { state = try RemoteState(firstLine: line) } else { try state?.take(line: line) }
        } catch {
            switch error {
            case .unreadable(let reason): try requireOneLine(reason)
            case .otherVersion(let release):
                try requireOneLine("\(EngineConnectionError.otherVersion(theirs: release, own: "1.2.3"))")
            }
            return false
        }
        guard let state else { return true }
        try requireOneLine(state.engine.name)
        let engine = state.engine
        let settings = StatusSettings(build: engine.build, refreshInterval: engine.refreshInterval, staleAge: engine.staleAge)
        let report = StatusReport(state.snapshot, at: state.snapshot.data.fetchedAt ?? .beforeAnyClock, settings: settings)
        _ = report.verdict()
        for symbols in [Symbols.unicode, .ascii] {
            let text = StatusText(symbols: symbols, time: .utc).text(of: report)
            try require(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "a terminal would obey \(text.debugDescription)")
        }
        try require(state.snapshot.events.count <= 500 && state.snapshot.eventCount >= 0, "more events than are kept")
        try require(state.log.lines.count <= LogTail.capacity && state.log.end >= 0, "more lines than are kept")
        for line in state.log.lines { try require(line.message.isEmpty || line.message.harmless == line.message, "a harmful line") }
        for event in state.snapshot.events { _ = event.line { "\($0.timeIntervalSince1970)" } }
        return true
    }
}
