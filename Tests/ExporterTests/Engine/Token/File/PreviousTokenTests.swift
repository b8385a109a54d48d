import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("The token before the file's, kept beside the file")
struct PreviousTokenTests {
    private let whole = #"{"access_token":"a1","refresh_token":"r1","expiry":"2026-11-23T20:17:52Z","note":"mine"}"#
    private let other = #"{"refresh_token":"s1"}"#

    private func file(_ path: String) -> TokenFile<LocalFileSystem> {
        TokenFile(path: path, system: LocalFileSystem())
    }

    private var previous: TokenAttributes {
        get throws { try TokenAttributes(json: Array(whole.utf8)) }
    }

    @Test("is found again as it was, under mode 0600, until it is forgotten; the file is never touched")
    func kept() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path, other)
            #expect(file(path).readPrevious(besides: secret("s1")) == nil)
            try file(path).keepPrevious(try previous)
            #expect(modeOfFile(path + ".previous") == 0o600)
            #expect(try file(path).readPrevious(besides: secret("s1")) == previous)
            #expect(file(path).readPrevious(besides: secret("r1")) == nil, "the same token is no help")
            file(path).forgetPrevious()
            file(path).forgetPrevious()
            #expect(file(path).readPrevious(besides: secret("s1")) == nil)
            #expect(try names(in: directory) == ["token.json"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == other)
        }
    }

    @Test("lies beside the file that a symbolic link leads to")
    func link() throws {
        try withTemporaryDirectory { directory throws in
            try FileManager.default.createDirectory(atPath: directory + "/d", withIntermediateDirectories: false)
            try makeFile(directory + "/d/token.json", other)
            try ExporterTests.link(directory + "/link.json", to: "d/token.json")
            try file(directory + "/link.json").keepPrevious(try previous)
            #expect(try file(directory + "/d/token.json").readPrevious(besides: secret("s1")) == previous)
        }
    }

    @Test("is nothing where it is damaged, and an error where it can't be written")
    func unusable() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path + ".previous", String(whole.dropLast(5)))
            #expect(file(path).readPrevious(besides: secret("s1")) == nil)
            #expect(throws: TokenFileError.self) { try file(directory + "/none/token.json").keepPrevious(try previous) }
        }
    }

    @Test("may be what is left of a write that seems older than the file, by a clock that was set back")
    func olderWrite() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path + ".tmp", whole)
            try makeFile(path, other)
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: path + ".tmp")
            #expect(file(path).readUnfinished() == nil, "it does not take the file's place")
            #expect(try file(path).readPrevious(besides: secret("s1")) == previous)
            #expect(file(path).readPrevious(besides: secret("r1")) == nil)
            try makeFile(path + ".previous", #"{"refresh_token":"p1"}"#)
            #expect(file(path).readPrevious(besides: secret("r1"))?.refreshToken == secret("p1"))
        }
    }
}
