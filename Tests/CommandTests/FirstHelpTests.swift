import ArgumentParser
import Testing

@testable import netatmo_dashboard

@Suite("The first help")
struct FirstHelpTests {
    @Test("has every option of the dashboard, in groups, and every command", arguments: [80, 200])
    func whole(_ columns: Int) throws {
        let help = FirstHelp.text(columns: columns)
        let lines = help.split(separator: "\n").map(String.init)
        let titles = ["OVERVIEW:", "NETATMO:", "EXPORTER:", "SCREEN:", "OPTIONS:", "SUBCOMMANDS:"]
        let places = titles.map { title in lines.firstIndex { $0.hasPrefix(title) } }
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted() && !places.contains(nil), "\(help)")
        for setting in Setting.all {
            guard let option = setting.option else { continue }
            #expect(help.contains("--\(option)"), "\(option)")
        }
        for command in NetatmoDashboard.configuration.subcommands {
            #expect(lines.contains { $0.hasPrefix("  \(command.configuration.commandName ?? "")") })
        }
        #expect(!lines.contains { $0.count > columns + 1 })
    }

    @Test("is what is asked for without a command alone")
    func asked() {
        for arguments in [["--help"], ["-h"], ["help"]] { #expect(FirstHelp.isAsked(by: arguments)) }
        for arguments in [[], ["serve", "--help"], ["help", "serve"], ["--plain", "--help"]] { #expect(!FirstHelp.isAsked(by: arguments)) }
    }
}
