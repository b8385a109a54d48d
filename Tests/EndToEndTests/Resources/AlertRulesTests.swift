import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The alert rules")
    struct AlertRulesTests {
        @Test("are well formed")
        func check() async throws {
            let promtool = try ChildProcess(executable: "promtool", ["check", "rules", Sources.resource("alerts.yml").path])
            #expect(try await promtool.exitCode() == 0, "\(promtool.output)\(promtool.errors)")
        }

        @Test("fire when they should, and only then")
        func test() async throws {
            let promtool = try ChildProcess(executable: "promtool", ["test", "rules", Sources.testResource("alerts.test.yml").path])
            #expect(try await promtool.exitCode(within: .seconds(60)) == 0, "\(promtool.output)\(promtool.errors)")
        }

        @Test("each have a severity, a summary and a description, and a test")
        func complete() throws {
            let rules = try String(contentsOf: Sources.resource("alerts.yml"), encoding: .utf8)
                .split(separator: "- alert: ", omittingEmptySubsequences: true).dropFirst()
            let tests = try String(contentsOf: Sources.testResource("alerts.test.yml"), encoding: .utf8)
            #expect(rules.count == 16)
            for rule in rules {
                let name = String(rule.prefix { $0 != "\n" })
                #expect(rule.contains(/\n {10}severity: (warning|critical)\n/), "\(name)")
                #expect(rule.contains(/\n {10}summary: \S/), "\(name)")
                #expect(rule.contains(/\n {10}description: >-\n/), "\(name)")
                #expect(tests.contains(try Regex("alertname: \(name)\n +exp_alerts:( &[a-z]+)?\n")), "\(name) fires in a test")
                #expect(tests.contains("alertname: \(name), exp_alerts: []"), "\(name) does not fire in a test")
            }
        }

        @Test("are over series that the exporter serves")
        func series() async throws {
            let expressions = try String(contentsOf: Sources.resource("alerts.yml"), encoding: .utf8)
                .replacing(/(?m)^ *(#|- alert:|summary:|description:).*$/, with: "")
            let used = Set(expressions.matches(of: /\bnetatmo_[a-z_0-9]+/).map { String($0.0) }).subtracting(["netatmo_api_requests_total"])
            let served = try await ServedReadings(options: ["--energy"]).metrics().families
            #expect(used.subtracting(served).sorted() == [])
        }

        @Test("are named by the Prometheus configuration, which is well formed")
        func configuration() async throws {
            let folder = try TemporaryFolder()
            for name in ["prometheus.yml", "alerts.yml"] {
                try FileManager.default.copyItem(atPath: Sources.resource(name).path, toPath: folder.path(name))
            }
            let promtool = try ChildProcess(executable: "promtool", ["check", "config", folder.path("prometheus.yml")])
            #expect(try await promtool.exitCode() == 0, "\(promtool.output)\(promtool.errors)")
            #expect(promtool.output.contains("1 rule files found"))
        }
    }
}
