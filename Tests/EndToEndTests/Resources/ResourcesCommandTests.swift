import Foundation
import Testing

extension EndToEnd {
    @Suite("The command resources")
    struct ResourcesCommandTests {
        @Test("lists the files, and prints each of them as it is in the sources")
        func print() async throws {
            let list = try ChildProcess(["resources"])
            #expect(try await list.exitCode() == 0)
            let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }.map(String.init)
            #expect(names.contains("alerts.yml"))
            for name in names {
                let file = try ChildProcess(["resources", name])
                #expect(try await file.exitCode() == 0)
                #expect(file.output == (try String(contentsOf: Sources.resource(name), encoding: .utf8)), "\(name)")
            }
        }

        @Test("refuses a name that is none in one line with all names, and exit code 64", arguments: ["alerts", "../alerts.yml", "a\nb"])
        func unknown(_ name: String) async throws {
            let process = try ChildProcess(["resources", name])
            #expect(try await process.exitCode() == 64)
            #expect(process.output.isEmpty)
            #expect(process.errors.split(separator: "\n").count == 1)
            #expect(process.errors.contains("alerts.yml, compose.yaml"))
        }
    }
}
