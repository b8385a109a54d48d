import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Server

@Suite("The script of the page")
struct PageScriptTests {
    private let script = String(decoding: PackageResources.script_js, as: UTF8.self)

    @Test("judges nothing and converts nothing: it reads no number of a reading, a battery or a signal but the percentage that it shows")
    func judgesNothing() throws {
        let forbidden = [
            #"\.value\b"#, #"\bvalue\b[^}]*\} = readings"#, #"\bmillivolts\b"#, #"\bstaleAfterSeconds\b"#, #"\bpreferredUnits\b"#,
            #"percent *[<>]"#,
        ]
        for pattern in forbidden {
            let isFound = try script.contains(Regex(pattern))
            #expect(!isFound, "\(pattern)")
        }
    }

    @Test("has a colour for each verdict that is not fine")
    func verdicts() {
        let roles = Verdict.allCases.filter { $0 != .fine }.map { "\($0.rawValue): \"\($0.rawValue)\"" }.joined(separator: ", ")
        #expect(script.contains("const verdictRoles = { \(roles) };"))
    }

    @Test("reads the version of the status that is written, and names of measures that it has")
    func names() throws {
        #expect(script.contains("answer.version !== \(StatusReport.currentVersion)"))
        let table = try #require(script.firstMatch(of: /const measures = \{([^}]*)\}/)?.1)
        let beside = try #require(script.firstMatch(of: /const beside = \[([^\]]*)\]/)?.1)
        let keys = table.matches(of: /(\w+): "/).map { String($0.1) } + beside.matches(of: /"(\w+)"/).map { String($0.1) }
        // Rooms and boilers come as the exporter draws them.
        let shown = Measure.allCases.filter { ![.setpoint, .heatingPower, .boilerMinutes].contains($0) }
        #expect(Set(keys) == Set(shown.map(\.jsonKey)) && keys.count == shown.count)
    }

    @Test("has the screen's words for a trend")
    func trends() throws {
        for trend in [Readings.Trend.up, .down, .stable] {
            let entry = try Regex("\\b\(trend.rawValue): \\[\"[^\"]+\", \"\(trend.word)\"\\]")
            let isThere = script.contains(entry)
            #expect(isThere, "\(trend)")
        }
    }
}
