import FoundationEssentials
import TerminalUI

@testable import EngineAPI
@testable import OperatingSystem
@testable import Plain

/// The status of another process is read whole or refused in one line, is told in lines that are safe for a terminal, and is the same
/// once it was written again.
enum StatusProperties {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let report: StatusReport
        do throws(StatusReportError) {
            report = try StatusReport(json: bytes)
        } catch {
            return try requireOneLine(error.description)
        }
        _ = report.verdict()
        for symbols in [Symbols.unicode, .ascii] {
            let text = StatusText(symbols: symbols, time: .utc).text(of: report)
            try require(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "a terminal would obey \(text.debugDescription)")
        }
        let written = json(of: report)
        try require(written != nil, "it can't be written")
        let again = written.flatMap { try? StatusReport(json: $0) }
        try require(again.flatMap { json(of: $0) } == written, "written and read again it is not the same")
    }

    private static func json(of report: StatusReport) -> [UInt8]? {
        try? report.json()
    }
}
