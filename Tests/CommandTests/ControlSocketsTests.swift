import ArgumentParser
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("Where the control socket is")
struct ControlSocketsTests {
    /// What there is to go by, and the places that follow.
    struct Place: CustomTestStringConvertible, Sendable {
        var environment: [String: String] = [:]
        var tokenFile: String? = "/t/token.json"
        let places: [String]

        var testDescription: String { "\(environment) \(tokenFile ?? "no token file")" }
    }

    @Test(
        "is systemd's directory, else the user's own, and then beside the token file",
        arguments: [
            Place(places: ["/t/token.json.sock"]),
            Place(environment: ["RUNTIME_DIRECTORY": "/run/a"], places: ["/run/a/control.sock", "/t/token.json.sock"]),
            Place(environment: ["RUNTIME_DIRECTORY": "/run/a:/run/b"], places: ["/run/a/control.sock", "/t/token.json.sock"]),
            Place(
                environment: ["XDG_RUNTIME_DIR": "/run/user/1"],
                places: ["/run/user/1/netatmo-dashboard/control.sock", "/t/token.json.sock"]),
            Place(
                environment: ["RUNTIME_DIRECTORY": "/run/a", "XDG_RUNTIME_DIR": "/run/user/1"],
                places: ["/run/a/control.sock", "/t/token.json.sock"]),
            // None that does not say where it begins.
            Place(environment: ["XDG_RUNTIME_DIR": "run"], places: ["/t/token.json.sock"]),
            Place(environment: ["XDG_RUNTIME_DIR": ""], places: ["/t/token.json.sock"]),
            Place(environment: ["RUNTIME_DIRECTORY": ":"], places: ["/t/token.json.sock"]),
            Place(
                environment: ["RUNTIME_DIRECTORY": "a", "XDG_RUNTIME_DIR": "/x"],
                places: ["/x/netatmo-dashboard/control.sock", "/t/token.json.sock"]),
            Place(environment: ["XDG_RUNTIME_DIR": "/x"], tokenFile: nil, places: ["/x/netatmo-dashboard/control.sock"]),
            Place(tokenFile: nil, places: []),
            // Its path goes to processes that are at work in other directories.
            Place(tokenFile: "token.json", places: ["/work/token.json.sock"]),
        ])
    func defaults(_ place: Place) throws {
        let sockets = try ControlSockets(
            given: nil, from: SettingSources(environment: place.environment), tokenFile: place.tokenFile, workingDirectory: "/work")
        #expect(sockets.given == nil)
        #expect(sockets.places.map(\.path) == place.places)
    }

    @Test(
        "is where --socket says and nowhere else, else where NETATMO_SOCKET does",
        arguments: [
            ("/a.sock", nil, "/a.sock"), (nil, "/b.sock", "/b.sock"), ("/a.sock", "/b.sock", "/a.sock"), (nil, " /b b.sock\r", "/b b.sock"),
            // From where the program was started, as the token file's path is.
            ("a.sock", nil, "/work/a.sock"), ("./d/a.sock", "/b", "/work/./d/a.sock"), (nil, "../b.sock", "/work/../b.sock"),
        ] as [(String?, String?, String)])
    func given(_ option: String?, _ variable: String?, _ path: String) throws {
        let environment = ["XDG_RUNTIME_DIR": "/x", "NETATMO_SOCKET": variable].compactMapValues(\.self)
        let sockets = try ControlSockets(
            given: option, from: SettingSources(environment: environment), tokenFile: "/t", workingDirectory: "/work")
        #expect(sockets.given == UnixSocket(path: path))
        #expect(sockets.places == [UnixSocket(path: path)])
        #expect(sockets.defaults.map(\.path) == ["/x/netatmo-dashboard/control.sock", "/t.sock"])
    }

    @Test("by a variable that is blank is given nowhere")
    func blank() throws {
        #expect(try ControlSockets(given: nil, from: SettingSources(environment: ["NETATMO_SOCKET": " "]), tokenFile: nil).given == nil)
    }

    @Test(
        "is a path that an address has room for: another one is told with its option and what is expected",
        arguments: ["/", "/d/", "d/", "", "/" + String(repeating: "x", count: 107), String(repeating: "x", count: 102)])
    func unusable(_ path: String) {
        let expected = "the path of a socket, with its directories at most 107 bytes"
        #expect(throws: ConfigurationError.invalid(option: "--socket", found: path, expected: expected)) {
            try ControlSockets(given: path, from: SettingSources(environment: [:]), tokenFile: nil, workingDirectory: "/work")
        }
        guard !path.isEmpty else { return }
        #expect(throws: ConfigurationError.invalid(option: "NETATMO_SOCKET", found: path, expected: expected)) {
            try ControlSockets(
                given: nil, from: SettingSources(environment: ["NETATMO_SOCKET": path]), tokenFile: nil, workingDirectory: "/work")
        }
    }

    @Test("may have the longest path that an address has room for, counted in bytes")
    func longest() throws {
        let path = "/" + String(repeating: "x", count: 106)
        #expect(try ControlSockets(given: path, from: SettingSources(environment: [:]), tokenFile: nil).given?.path == path)
        #expect(throws: ConfigurationError.self) {
            try ControlSockets(given: "/" + String(repeating: "ø", count: 54), from: SettingSources(environment: [:]), tokenFile: nil)
        }
    }
}

@Suite("The group of the control socket")
struct SocketGroupTests {
    private func group(_ option: String?, _ variable: String? = nil) throws -> UInt32? {
        var options = try ControlOptions.parse([])
        options.socketGroup = option
        return try SettingReader(sources: SettingSources(environment: ["NETATMO_SOCKET_GROUP": variable].compactMapValues(\.self)))
            .socketGroup(options)
    }

    @Test(
        "is named, or numbered; where it is given nowhere there is none",
        arguments: [
            ("root", nil, 0), ("0", nil, 0), ("64713", nil, 64_713), ("4294967294", nil, 4_294_967_294), (nil, "root", 0),
            (nil, " 64713\r", 64_713), ("64713", "root", 64_713), (nil, nil, nil), (nil, "", nil),
        ] as [(String?, String?, UInt32?)])
    func known(_ option: String?, _ variable: String?, _ expected: UInt32?) throws {
        #expect(try group(option, variable) == expected)
    }

    // The highest number stands for none in chown(2).
    @Test(
        "that this machine does not know is told with its option",
        arguments: ["no-such-group", "-1", "4294967295", "4294967296", "0x10", "root:root"])
    func unknown(_ name: String) {
        let expected = "a group of this machine (getent group)"
        #expect(throws: ConfigurationError.invalid(option: "--socket-group", found: name, expected: expected)) { try group(name, "root") }
        #expect(throws: ConfigurationError.invalid(option: "NETATMO_SOCKET_GROUP", found: name, expected: expected)) {
            try group(nil, name)
        }
    }
}
