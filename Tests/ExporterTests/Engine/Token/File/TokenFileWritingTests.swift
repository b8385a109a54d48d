import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("What is written to a token file")
struct TokenFileWritingTests {
    @Test("One JSON object with the three attributes, the kept ones, and an expiry that Go reads")
    func form() throws {
        let system = FaultyFileSystem()
        let other: [String: JSONValue] = [
            "token_type": .string("Bearer"), "x": .object(["y": .array([.null, .bool(true), .integer(-1)])]),
        ]
        let token = Token(
            accessToken: secret("5f|a/b"), refreshToken: secret("5f|r"), expiry: now.addingTimeInterval(0.302198), otherAttributes: other
        )
        try TokenFile(path: "/t", system: system).write(token)
        let line =
            #"{"access_token":"5f|a/b","expiry":"2026-11-23T20:17:52.302198Z","refresh_token":"5f|r","#
            + #""token_type":"Bearer","x":{"y":[null,true,-1]}}"#
        #expect(system.text(of: "/t") == line + "\n")
    }

    @Test("A token without a refresh token is written without that attribute")
    func withoutRefreshToken() throws {
        let system = FaultyFileSystem()
        try TokenFile(path: "/t", system: system).write(Token(accessToken: secret("a"), refreshToken: nil, expiry: now))
        #expect(system.text(of: "/t") == #"{"access_token":"a","expiry":"2026-11-23T20:17:52Z"}"# + "\n")
    }

    @Test("What was written is read again")
    func roundTrip() throws {
        let file = TokenFile(path: "/t", system: FaultyFileSystem(largestWrite: 7))
        let token = Token.sample(access: "5f\"\\/|~!", other: ["é": .string("\u{202E}\n")])
        try file.write(token)
        let attributes = try #require(try file.read())
        #expect(attributes == TokenAttributes(token))
        #expect(StoredToken.interpret(attributes, at: now).token == .usable(token))
    }

    @Test("The mode is 0600, whatever the old one was", arguments: [mode_t(0o644), 0o666, 0o600, 0o400, 0o777, 0o000])
    func mode(old: mode_t) throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path, "old", mode: old)
            try TokenFile(path: path, system: LocalFileSystem()).write(.sample())
            #expect(modeOfFile(path) == 0o600)
            #expect(textOfFile(path)?.contains("new|refresh") == true)
            #expect(try names(in: directory) == ["token.json"])
        }
    }

    @Test("A file that is new has the mode 0600 too")
    func modeOfNewFile() throws {
        try withTemporaryDirectory { directory throws in
            try TokenFile(path: directory + "/token.json", system: LocalFileSystem()).write(.sample())
            #expect(modeOfFile(directory + "/token.json") == 0o600)
        }
    }

    // The umask belongs to the whole process, so a process of its own takes it.
    @Test("The mode is 0600, whatever the umask is")
    func umaskDoesNotMatter() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryDirectory { directory throws in
                for mask: mode_t in [0o000, 0o022, 0o077, 0o277, 0o777] {
                    umask(mask)
                    try TokenFile(path: directory + "/token.json", system: LocalFileSystem()).write(.sample())
                    guard modeOfFile(directory + "/token.json") == 0o600 else { exit(1) }
                }
            }
        }
    }

    @Test("A path without a directory means the working directory")
    func workingDirectory() throws {
        let system = FaultyFileSystem(files: ["token.json": "old"])
        try TokenFile(path: "token.json", system: system).write(.sample())
        #expect(system.names == ["token.json"])
        #expect(system.textsAfterPowerCut(of: "token.json").allSatisfy { $0?.contains("new|access") == true })
    }

    @Test("A directory that is not there is named as the cause")
    func noDirectory() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/none/token.json"
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: path, system: LocalFileSystem()).write(.sample()) }
            #expect(error?.description == "token file \(path): can't create a new file beside it: No such file or directory")
        }
    }
}
