import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("A write of the token file that was cut off")
struct UnfinishedWriteTests {
    private let whole = #"{"access_token":"a2","refresh_token":"r2","expiry":"2026-11-23T20:17:52Z"}"#
    private let old = #"{"access_token":"a1","refresh_token":"r1","expiry":"2026-11-23T17:17:52Z"}"#

    /// What is found beside a file at `path` of a directory.
    private func unfinished(_ path: String) -> TokenAttributes? {
        TokenFile(path: path, system: LocalFileSystem()).readUnfinished()
    }

    @Test("leaves a newer token, which is found where it is whole; also behind a symbolic link, and where there is no file yet")
    func found() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            #expect(unfinished(path) == nil)
            try makeFile(path + ".tmp", whole)
            #expect(unfinished(path)?.refreshToken == secret("r2"))
            try FileManager.default.removeItem(atPath: path + ".tmp")
            try makeFile(path, old)
            try makeFile(path + ".tmp", whole)
            try link(directory + "/link.json", to: "token.json")
            #expect(unfinished(path)?.refreshToken == secret("r2"))
            #expect(unfinished(directory + "/link.json")?.refreshToken == secret("r2"))
        }
    }

    @Test("leaves nothing where a part of it is missing")
    func parts() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            for length in 0..<whole.utf8.count {
                try makeFile(path + ".tmp", String(decoding: whole.utf8.prefix(length), as: UTF8.self))
                #expect(unfinished(path) == nil, "\(length) bytes")
            }
        }
    }

    @Test("leaves nothing that counts where the file was written after it")
    func older() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path + ".tmp", whole)
            try makeFile(path, old)
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: path + ".tmp")
            #expect(unfinished(path) == nil)
        }
    }

    @Test("takes the file's name when it is finished, and is on the disk at each step", arguments: 0...3)
    func finished(steps: Int) throws {
        let calls: [FaultyFileSystem.Call] = [.synchronize, .rename, .synchronizeDirectory]
        let fault = steps < calls.count ? FaultyFileSystem.Fault(call: calls[steps], code: EIO, isLasting: true) : nil
        let system = FaultyFileSystem(files: ["/d/t": old, "/d/t.tmp": whole], fault: fault)
        let file = TokenFile(path: "/d/t", system: system)
        if fault == nil { try file.finish() } else { #expect(throws: TokenFileError.self) { try file.finish() } }
        let found = ["/d/t", "/d/t.tmp"].flatMap { system.textsAfterPowerCut(of: $0) }
        #expect(found.contains(whole))
        if fault == nil { #expect(system.names == ["/d/t"]) }
    }

    @Test("is gone after the next write")
    func gone() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path + ".tmp", whole)
            try TokenFile(path: path, system: LocalFileSystem()).write(Token.sample())
            #expect(unfinished(path) == nil)
            #expect(try names(in: directory) == ["token.json"])
        }
    }

    @Test("A kill at any call after the last byte was written loses nothing", arguments: ["synchronize", "close", "rename"])
    func killed(call: String) throws {
        let call = try #require(FaultyFileSystem.Call(rawValue: call))
        let system = FaultyFileSystem(files: ["/t": old], fault: .init(call: call, code: EIO, isLasting: true))
        #expect(throws: TokenFileError.self) { try TokenFile(path: "/t", system: system).write(Token.sample(access: "a2")) }
        let after = FaultyFileSystem(files: Dictionary(uniqueKeysWithValues: system.names.map { ($0, system.text(of: $0) ?? "") }))
        #expect(TokenFile(path: "/t", system: after).readUnfinished()?.accessToken == secret("a2"))
    }
}

@Suite("The owner of a token file")
struct TokenFileOwnerTests {
    @Test("stays when root writes it, so that the service whose file it is can still read it", .enabled(if: geteuid() == 0))
    func kept() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path, "{}")
            #expect(chown(path, 65_534, 65_534) == 0)
            try TokenFile(path: path, system: LocalFileSystem()).write(Token.sample())
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.ownerAccountID] as? Int == 65_534)
            #expect(attributes[.groupOwnerAccountID] as? Int == 65_534)
            #expect(modeOfFile(path) == 0o600)
        }
    }
}
