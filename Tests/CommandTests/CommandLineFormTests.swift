import ArgumentParser
import Testing

@testable import netatmo_dashboard

@Suite("Flags in netatmo-exporter's form")
struct CommandLineFormTests {
    @Test("the program's name is taken off, and it alone")
    func given() throws {
        #expect(try CommandLineForm.given(["netatmo-dashboard", "status", "--json"]) == ["status", "--json"])
        #expect(try CommandLineForm.given(["netatmo-dashboard"]) == [])
    }

    @Test("not even the program's name, as Swift has it without /proc, is no command line, and what is missing is named")
    func nothingGiven() throws {
        let error = try #require(throws: ConfigurationError.self) { try CommandLineForm.given([]) }
        #expect("\(error)".hasPrefix("/proc: expected to be mounted"))
    }

    @Test(
        "of switches become plain ones, and nothing else is touched",
        arguments: [
            (["--debug-handlers=true"], ["--debug-handlers"]),
            (["serve", "--debug-handlers=1", "-a:1"], ["serve", "--debug-handlers", "-a:1"]),
            (["--debug-handlers=false"], ["--no-debug-handlers"]), (["--renew-expired=no"], ["--no-renew-expired"]),
            (["--json=true"], ["--json"]), (["--json=false"], []), (["--plain=off", "--ascii=on"], ["--no-plain", "--ascii"]),
            (["--no-color=true", "--no-mouse=false"], ["--no-color"]),
            (["--debug-handlers"], ["--debug-handlers"]),
            // The name of Prometheus's exporters.
            (["serve", "--web.config.file=/w.json"], ["serve", "--web-config=/w.json"]),
            (["--web.config.file", "w.json"], ["--web-config", "w.json"]), (["--", "--web.config.file"], ["--", "--web.config.file"]),
            (["--web.config.files=a"], ["--web.config.files=a"]),
            // Values of other options.
            (["--client-secret=--debug-handlers=true"], ["--client-secret=--debug-handlers=true"]),
            (["--client-id=true"], ["--client-id=true"]),
            (["-debug-handlers=true"], ["-debug-handlers=true"]), (["debug-handlers=true"], ["debug-handlers=true"]),
            (["--", "--debug-handlers=true"], ["--", "--debug-handlers=true"]),
            (["--json=1", "--", "--json=1", "--"], ["--json", "--", "--json=1", "--"]), ([], []),
            (["=", "--=true", ""], ["=", "--=true", ""]),
        ] as [([String], [String])]
    )
    func plain(_ arguments: [String], _ expected: [String]) throws {
        #expect(try CommandLineForm.plain(arguments) == expected)
    }

    @Test("of switches are known for each that there is")
    func complete() throws {
        for name in CommandLineForm.twoWaySwitches {
            #expect(throws: Never.self, "--\(name)") { try DashboardCommand.parse(["--\(name)"]) }
            #expect(throws: Never.self, "--no-\(name)") { try DashboardCommand.parse(["--no-\(name)"]) }
        }
        let help = [
            ServeCommand.helpMessage(), DashboardCommand.helpMessage(), StatusCommand.helpMessage(), SimulateCommand.helpMessage(),
            HistoryExportCommand.helpMessage(), ConfigCommand.helpMessage(),
        ]
        let lines = help.joined(separator: "\n").split(separator: "\n")
        let switches = lines.compactMap { $0.firstMatch(of: /^ +(?:-\w, )?--([a-z-]+)(?:\/--no-[a-z-]+)?(?: {2,}|$)/)?.1 }.map(String.init)
        let known = CommandLineForm.twoWaySwitches.union(CommandLineForm.switches.filter { !$0.hasPrefix("no-") })
        #expect(Set(switches).subtracting(["help", "version"]) == known)
    }

    @Test(
        "that have what no switch can have are refused by name",
        arguments: ["--debug-handlers=perhaps", "--home-coach=2", "--debug-handlers=", "--json=maybe"])
    func refused(_ argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let error = try #require(throws: ConfigurationError.self) { try CommandLineForm.plain(["status", argument]) }
        #expect("\(error)" == "\(parts[0]): \"\(parts[1])\" is not true or false")
    }
}
