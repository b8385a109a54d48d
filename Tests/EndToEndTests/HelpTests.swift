import Foundation
import Testing

extension EndToEnd {
    @Suite("The command help")
    struct HelpTests {
        @Test("prints a topic as it is in the sources, and lists it")
        func topic() async throws {
            let series = try ChildProcess(["help", "series"])
            #expect(try await series.exitCode() == 0)
            #expect(series.output == (try String(contentsOf: Sources.documentation("series"), encoding: .utf8)))
            let list = try ChildProcess(["help"])
            #expect(try await list.exitCode() == 0)
            #expect(list.output.contains("\n  series  ") && list.output.contains("\n  serve  "))
        }

        @Test("tells of a command as it ever did")
        func command() async throws {
            let command = try ChildProcess(["help", "serve"])
            #expect(try await command.exitCode() == 0)
            #expect(command.output.contains("USAGE: netatmo-dashboard serve"))
        }

        @Test("refuses another word in one line with all topics, and exit code 64", arguments: [["sereis"], ["series", "more"], ["a\nb"]])
        func unknown(_ words: [String]) async throws {
            let process = try ChildProcess(["help"] + words)
            #expect(try await process.exitCode() == 64)
            #expect(process.output.isEmpty)
            #expect(process.errors.split(separator: "\n").count == 1, "\(process.errors)")
            #expect(process.errors.contains("screen, scripts, series"))
        }
    }
}
