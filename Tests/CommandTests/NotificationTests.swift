import ArgumentParser
import Testing

@testable import netatmo_dashboard

@Suite("How the user is called")
struct NotificationTests {
    private func way(_ arguments: [String], _ environment: [String: String] = [:]) throws -> NotificationWay {
        try DisplayOptions.parse(arguments).settings(from: SettingSources(environment: environment)).notification
    }

    @Test("is not at all by default, and for an empty variable")
    func standard() throws {
        #expect(try way([]) == .off)
        #expect(try way([], ["NETATMO_NOTIFY": ""]) == .off)
    }

    @Test("is as a flag says, else as the variable does", arguments: NotificationWay.allCases)
    func chosen(_ chosen: NotificationWay) throws {
        #expect(try way(["--notify", chosen.rawValue]) == chosen)
        #expect(try way([], ["NETATMO_NOTIFY": chosen.rawValue]) == chosen)
        #expect(try way(["--notify", chosen.rawValue], ["NETATMO_NOTIFY": "bell"]) == chosen)
        // The flag decides, also where the variable is wrong.
        #expect(try way(["--notify", chosen.rawValue], ["NETATMO_NOTIFY": "loud"]) == chosen)
    }

    @Test(
        "that can't be is one line that names the option and what it takes",
        arguments: [
            (["--notify", "loud"], [:], "--notify"), (["--notify", "BELL"], [:], "--notify"), (["--notify", ""], [:], "--notify"),
            ([], ["NETATMO_NOTIFY": "on"], "NETATMO_NOTIFY"), (["--plain"], ["NETATMO_NOTIFY": "on"], "NETATMO_NOTIFY"),
            (["--plain", "--notify", "loud"], [:], "--notify"),
        ] as [([String], [String: String], String)]
    )
    func wrong(_ arguments: [String], _ environment: [String: String], _ named: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try way(arguments, environment) }
        #expect(error.description.hasPrefix("\(named): "))
        #expect(error.description.hasSuffix(" is not one of off, bell, osc9"))
        #expect(!error.description.contains("\n"))
    }

    @Test("is refused beside --plain, which calls nobody", arguments: ["bell", "osc9"])
    func plain(_ text: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try way(["--plain", "--notify", text]) }
        #expect(error.description == "--notify: expected off with --plain, which appends lines and calls nobody")
        #expect(try way(["--plain", "--notify", "off"]) == .off)
    }

    @Test("is not at all beside --plain where a variable asks for it, which may be meant for the dashboard")
    func plainAndVariable() throws {
        #expect(try way(["--plain"], ["NETATMO_NOTIFY": "bell"]) == .off)
    }
}
