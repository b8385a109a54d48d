import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Token files that can't be used")
struct TokenFileErrorTests {
    @Test(
        "The error names the file and the cause, and the file stays byte for byte",
        arguments: [
            ("\u{0}", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("access_token=a", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("{\"access_token\":\"a\"", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("{\"access_token\":\"a\"}{}", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("{\"a\":NaN}", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("{'access_token':'a'}", "not JSON; expected an object with access_token, refresh_token and expiry"),
            ("[]", "holds an array, expected a JSON object"),
            ("[{\"access_token\":\"a\"}]", "holds an array, expected a JSON object"),
            ("\"a\"", "holds a string, expected a JSON object"),
            ("17", "holds a number, expected a JSON object"),
            ("1e300", "holds a number, expected a JSON object"),
            ("true", "holds a boolean, expected a JSON object"),
            ("null", "holds null, expected a JSON object"),
            (#"{"access_token":5}"#, "access_token is a number, expected a string"),
            (#"{"access_token":1e-300}"#, "access_token is a number, expected a string"),
            (#"{"access_token":{}}"#, "access_token is an object, expected a string"),
            (#"{"refresh_token":["r"]}"#, "refresh_token is an array, expected a string"),
            (#"{"refresh_token":true}"#, "refresh_token is a boolean, expected a string"),
            (#"{"access_token":"a","expiry":1795465072}"#, "expiry is a number, expected a string"),
            (#"{"access_token":"a","expiry":false}"#, "expiry is a boolean, expected a string"),
            (#"{"access_token":"a","expiry":"tomorrow"}"#, "expiry is no RFC 3339 time such as 2026-11-23T20:17:52Z"),
            (#"{"access_token":"a","expiry":" "}"#, "expiry is no RFC 3339 time such as 2026-11-23T20:17:52Z"),
            (#"{"expiry":"2026-11-23 20:17:52"}"#, "expiry is no RFC 3339 time such as 2026-11-23T20:17:52Z"),
            (String(repeating: "[", count: 10_000), "not JSON; expected an object with access_token, refresh_token and expiry"),
        ]
    )
    func unusable(text: String, cause: String) throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path, text, mode: 0o640)
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: path, system: LocalFileSystem()).read() }
            #expect(error?.description == "token file \(path): \(cause)")
            #expect(textOfFile(path) == text)
            #expect(modeOfFile(path) == 0o640)
            #expect(try names(in: directory) == ["token.json"])
        }
    }

    @Test("Bytes that are no UTF-8 are not JSON")
    func notUTF8() {
        #expect(throws: TokenFileError.Cause.notJSON) { try TokenAttributes(json: Array(#"{"access_token":""#.utf8) + [0xFF, 0x22, 0x7D]) }
    }

    @Test("An error never shows what the file holds")
    func noSecret() throws {
        for text in [#"{"access_token":"Hush""#, #"{"access_token":{"x":"Hush"}}"#, #"{"expiry":"Hush"}"#, #"{"Hush":"#, #""Hush""#] {
            let system = FaultyFileSystem(files: ["/t": text])
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: system).read() }
            #expect(error.map { "\($0) \(String(reflecting: $0))" }?.contains("Hush") == false)
        }
    }

    @Test("A file that is not there is no error")
    func absent() throws {
        try withTemporaryDirectory { directory throws in
            #expect(try TokenFile(path: directory + "/token.json", system: LocalFileSystem()).read() == nil)
            #expect(try TokenFile(path: directory + "/no/such/token.json", system: LocalFileSystem()).read() == nil)
            #expect(try names(in: directory).isEmpty)
        }
    }

    @Test("A directory in the file's place is named as such")
    func directory() throws {
        try withTemporaryDirectory { directory throws in
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: directory, system: LocalFileSystem()).read() }
            #expect(error?.description == "token file \(directory): can't read: Is a directory")
            #expect(error?.cause == .system(FileError(operation: "read", code: EISDIR)))
            #expect(throws: TokenFileError.self) { try TokenFile(path: directory, system: LocalFileSystem()).write(.sample()) }
            #expect(try names(in: directory).isEmpty)
        }
    }

    @Test(
        "What the operating system refuses is told in its words",
        arguments: [(EACCES, "Permission denied"), (EIO, "Input/output error"), (ELOOP, "Too many levels of symbolic links")]
    )
    func refusedBySystem(code: Int32, words: String) {
        let system = FaultyFileSystem(files: ["/t": "{}"], fault: .init(call: .contents, code: code))
        let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: system).read() }
        #expect(error?.description == "token file /t: can't do contents: \(words)")
        #expect(system.text(of: "/t") == "{}")
    }

    @Test("A file below a file is not taken for a missing one")
    func belowAFile() throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/file", "{}")
            let file = TokenFile(path: directory + "/file/token.json", system: LocalFileSystem())
            let error = #expect(throws: TokenFileError.self) { try file.read() }
            #expect(error?.cause == .system(FileError(operation: "open", code: ENOTDIR)))
        }
    }

    @Test("A file of 1 MiB and the room for other tokens is read, a larger one is refused without reading all of it")
    func size() throws {
        let limit = (1 << 20) + 65_536
        let text = #"{"refresh_token":"r"}"#
        let largest = FaultyFileSystem(files: ["/t": text + String(repeating: " ", count: limit - text.utf8.count)])
        #expect(try TokenFile(path: "/t", system: largest).read()?.refreshToken == secret("r"))
        let larger = FaultyFileSystem(files: ["/t": text + String(repeating: " ", count: limit - text.utf8.count + 1)])
        let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: larger).read() }
        #expect(error?.description == "token file /t: larger than 1114112 bytes, this is no token file")
        let endless = #expect(throws: TokenFileError.self) { try TokenFile(path: "/dev/zero", system: LocalFileSystem()).read() }
        #expect(endless?.cause == .tooLarge(limit: limit))
    }

    @Test("A pipe in the file's place does not hold the program up")
    func pipe() throws {
        try withTemporaryDirectory { directory throws in
            try #require(mkfifo(directory + "/token.json", 0o600) == 0)
            let file = TokenFile(path: directory + "/token.json", system: LocalFileSystem())
            #expect(throws: TokenFileError(path: file.path, cause: .notRegular)) { try file.read() }
            let null = TokenFile(path: "/dev/null", system: LocalFileSystem())
            #expect(throws: TokenFileError(path: null.path, cause: .notRegular), "it must not be replaced later") { try null.read() }
        }
    }
}
