import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Token files that nobody can be sure of")
struct OddTokenFileTests {
    private func cause(_ text: String) -> TokenFileError.Cause? {
        do throws(TokenFileError.Cause) {
            _ = try TokenAttributes(json: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "An attribute that stands there twice is refused in a line that names it, however it is spelled",
        arguments: [
            (#"{"refresh_token":"r1","refresh_token":"r2"}"#, "refresh_token"),
            (#"{"refresh_token":"r1","access_token":"a","refresh_token":"r1"}"#, "refresh_token"),
            (#"{"refresh_token":"r1","refresh\u005ftoken":"r2"}"#, "refresh_token"),
            (#"{"refresh_token":"r1","\u0072\u0065fresh_token":"r2"}"#, "refresh_token"),
            (#"{"refresh_token":"r1","Refresh_Token":"r2"}"#, "refresh_token"),
            (#"{"REFRESH_TOKEN":"r1","Refresh_Token":"r2"}"#, "refresh_token"),
            (#"{"refresh_token":null,"refresh_token":"r2"}"#, "refresh_token"),
            (#"{"refresh_token":"r1","refre\u017fh_token":"r2"}"#, "refresh_token"),
            (#"{"access_token":"r1","access_to\u212aen":"r2"}"#, "access_token"),
            ("\u{FEFF}\n{ \"access_token\" : \"a\" ,\n \"Access_Token\" :\t\"b\" }", "access_token"),
            (#"{"expiry":"","expiry":"2026-11-23T20:17:52Z"}"#, "expiry"),
            (#"{"x":["{",{"expiry":"\"}"}],"expiry":"","Expiry":null}"#, "expiry"),
        ]
    )
    func duplicate(text: String, attribute: String) {
        #expect(cause(text) == .duplicate(attribute: attribute))
        let error = TokenFileError(path: "/t", cause: .duplicate(attribute: attribute))
        #expect(error.description == "token file /t: \(attribute) stands there more than once; keep the one that works")
    }

    @Test(
        "A name that stands in another object, in a text or in a value is no second one",
        arguments: [
            #"{"refresh_token":"r","x":{"refresh_token":"r2"}}"#, #"{"x":[{"refresh_token":"r2"},"refresh_token"],"refresh_token":"r"}"#,
            #"{"refresh_token":"r","x":"\"refresh_token\":\"r2\""}"#, #"{"note":"refresh_token","refresh_token":"r"}"#,
            #"{"refresh_token":"r","x":"\\","y":"refresh_token"}"#, #"{"refresh_token":"r","refresh_tokens":"r2","xrefresh_token":"r3"}"#,
        ]
    )
    func single(text: String) throws {
        #expect(try TokenAttributes(text).refreshToken == secret("r"))
    }

    @Test("A name in other letters alone is taken, as netatmo-exporter does, and written as usual")
    func otherLetters() throws {
        let attributes = try TokenAttributes(#"{"Access_Token":"a","REFRESH_TOKEN":"r","Expiry":"2026-11-23T20:17:52Z","X":1}"#)
        #expect(attributes.accessToken == secret("a"))
        #expect(attributes.other == ["X": .integer(1)])
        let written = String(decoding: try attributes.json(), as: UTF8.self)
        #expect(written == #"{"X":1,"access_token":"a","expiry":"2026-11-23T20:17:52Z","refresh_token":"r"}"# + "\n")
    }

    @Test(
        "A token that no header could carry is refused in a line that names the attribute and nothing of the token",
        arguments: [
            #"Hush\r\n"#, #"Hush\r\nX: y"#, "Hush hush", " Hush", "Hush ", #"Hush\t"#, #"Hush\u007f"#, #"Hush\u0000"#, "Hüsh",
            #"Hush\u00a0"#,
            "😀", String(repeating: "Hush", count: 2049),
        ],
        ["access_token", "refresh_token"]
    )
    func noToken(text: String, attribute: String) {
        #expect(cause(#"{"\#(attribute)":"\#(text)"}"#) == .noToken(attribute: attribute))
        let description = TokenFileError(path: "/t", cause: .noToken(attribute: attribute)).description
        #expect(
            description
                == "token file /t: \(attribute) is no token: expected up to 8192 visible ASCII characters, no blanks or line feeds")
    }

    @Test("An empty file, and one of blanks, is one without a token, as `{}` is", arguments: ["", " ", "\n", "\r\n\t \n"])
    func empty(text: String) throws {
        let attributes = try TokenAttributes(text)
        #expect(try attributes == TokenAttributes("{}"))
        #expect(StoredToken.interpret(attributes, at: now).token == .none)
        #expect(StoredToken.interpret(attributes, at: now).warnings == [.bothTokensMissing])
    }

    @Test("What looks empty and is not is still no JSON", arguments: ["\u{0}", "\u{0}\u{0}\n", "\u{A0}", "\u{FEFF}", "\u{B}", "x"])
    func notEmpty(text: String) {
        #expect(cause(text) == .notJSON)
    }

    @Test("UTF-16, which netatmo-exporter does not read either, is no JSON")
    func utf16() {
        let bytes = Array(#"{"refresh_token":"r"}"#.utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(throws: TokenFileError.Cause.notJSON) { try TokenAttributes(json: bytes) }
    }
}

@Suite("What the program writes it can read again")
struct TokenFileGrowthTests {
    /// A token file whose attributes beside the token take so many bytes where they are written.
    private func text(keeping count: Int) -> String {
        let frame = #"{"x":""}"# + "\n"
        return #"{"refresh_token":"r","x":"\#(String(repeating: "x", count: count - frame.utf8.count))"}"#
    }

    @Test("A file that is read can be read again after a renewal with the longest tokens", arguments: [1 << 10, 1 << 20])
    func renewal(size: Int) throws {
        let system = FaultyFileSystem(files: ["/t": text(keeping: size)])
        let file = TokenFile(path: "/t", system: system)
        for character in ["r", "\"", "~", "\\"] {
            let attributes = try #require(try file.read())
            let longest = secret(String(repeating: character, count: 8192))
            try file.write(Token(accessToken: longest, refreshToken: longest, expiry: now, otherAttributes: attributes.other))
            #expect(try file.read()?.refreshToken == longest)
        }
    }

    @Test("A file with more than that beside the token is refused, and left as it is")
    func tooLarge() throws {
        let system = FaultyFileSystem(files: ["/t": text(keeping: (1 << 20) + 1)])
        let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: system).read() }
        #expect(error?.description == "token file /t: larger than 1048576 bytes, this is no token file")
    }

    @Test("Numbers that are longer as we write them count as they are written")
    func numbers() throws {
        let numbers = Array(repeating: "1e89", count: 100_000).joined(separator: ",")
        let system = FaultyFileSystem(files: ["/t": #"{"refresh_token":"r","x":[\#(numbers)]}"#])
        let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: system).read() }
        #expect(error?.cause == .tooLarge(limit: 1 << 20))
    }

    @Test("A token is written where its file is as long as one that is read may be, and not where it is a byte longer")
    func longest() throws {
        func token(_ length: Int) -> Token {
            Token(accessToken: secret(String(repeating: "x", count: length)), refreshToken: nil, expiry: now)
        }
        let frame = try TokenAttributes(token(1)).json().count - 1
        #expect(try TokenAttributes(token(TokenAttributes.longestFile - frame)).json().count == TokenAttributes.longestFile)
        #expect(throws: TokenFileError.Cause.tooLarge(limit: TokenAttributes.longestFile)) {
            try TokenAttributes(token(TokenAttributes.longestFile - frame + 1)).json()
        }
    }

    @Test("A token that could not be read again is not written over one that can")
    func unreadable() throws {
        let system = FaultyFileSystem(files: ["/t": text(keeping: 100)])
        let endless = secret(String(repeating: "x", count: 1 << 21))
        #expect(throws: TokenFileError.self) {
            try TokenFile(path: "/t", system: system).write(Token(accessToken: endless, refreshToken: nil, expiry: now))
        }
        #expect(system.text(of: "/t") == text(keeping: 100))
    }
}
