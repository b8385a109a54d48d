import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Proving that a token file can be written")
struct WriteProofTests {
    /// As nobody's encoder writes it.
    private static let text = "{ \"x\":\t1.50,\"refresh_token\" : \"r\\u00311\"}\r\n\n"

    @Test("The whole way is gone with the same bytes, and the file holds them afterwards, on the disk")
    func sameBytes() throws {
        let system = FaultyFileSystem(files: ["/d/t": Self.text], largestWrite: 7)
        #expect(try TokenFile(path: "/d/t", system: system).prove().way == .asWhole)
        for call in [FaultyFileSystem.Call.create, .write, .synchronize, .rename, .synchronizeDirectory] {
            #expect(system.calls.contains(call), "\(call)")
        }
        #expect(system.names == ["/d/t"])
        #expect(system.textsAfterPowerCut(of: "/d/t") == [Self.text, Self.text])
    }

    @Test("Where there is no file there is none afterwards, and nothing beside its place")
    func noFile() throws {
        let system = FaultyFileSystem()
        #expect(try TokenFile(path: "/d/t", system: system).prove() == WriteProof(way: .asWhole))
        #expect(system.names.isEmpty)
        #expect(system.calls.contains(.create) && system.calls.contains(.synchronize))
    }

    @Test(
        "What fails in it is told, and the file is as it was", arguments: [FaultyFileSystem.Call.create, .write, .synchronize, .rename],
        [ENOSPC, EIO, ENOENT]
    )
    func fails(step: FaultyFileSystem.Call, code: Int32) {
        let files: [[String: String]] = step == .rename ? [["/d/t": Self.text]] : [["/d/t": Self.text], [:]]
        for files in files {
            let system = FaultyFileSystem(files: files, fault: .init(call: step, code: code))
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/d/t", system: system).prove() }
            #expect(error?.cause == .system(FileError(operation: "do \(step.rawValue)", code: code)))
            #expect(system.text(of: "/d/t") == files["/d/t"])
        }
    }

    @Test("Where only the file itself can be written, that is how it works; without a file, nothing does")
    func inPlace() throws {
        let reason = FileError(operation: "do create", code: EACCES)
        let system = FaultyFileSystem(files: ["/d/t": Self.text], fault: .init(call: .create, code: EACCES))
        #expect(try TokenFile(path: "/d/t", system: system).prove().way == .inPlace(because: reason))
        #expect(system.text(of: "/d/t") == Self.text)
        let empty = FaultyFileSystem(fault: .init(call: .create, code: EACCES))
        #expect(throws: TokenFileError(path: "/d/t", cause: .system(reason))) { try TokenFile(path: "/d/t", system: empty).prove() }
    }

    @Test("Who replaces the file meanwhile finds it as they left it", arguments: [FaultyFileSystem.Call.contents, .write, .synchronize])
    func replacedMeanwhile(call: FaultyFileSystem.Call) throws {
        let system = FaultyFileSystem(files: ["/d/t": Self.text])
        system.interfere([.init(call: call, path: "/d/t", text: "theirs")])
        #expect(try TokenFile(path: "/d/t", system: system).prove().way == .asWhole)
        #expect(system.text(of: "/d/t") == "theirs")
        #expect(system.names == ["/d/t"])
    }

    @Test("A file that others could read is its owner's alone, and that is told", arguments: [mode_t(0o644), 0o640, 0o666, 0o604, 0o600])
    func modes(mode: mode_t) throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/t"
            try makeFile(path, Self.text, mode: mode)
            let proof = try TokenFile(path: path, system: LocalFileSystem()).prove()
            #expect(proof == WriteProof(way: .asWhole, modes: .init(before: UInt32(mode), after: 0o600)))
            #expect(modeOfFile(path) == 0o600)
            #expect(textOfFile(path) == Self.text)
            #expect(try names(in: directory) == ["t"])
        }
    }

    @Test("What was left of a write is no obstacle, and a file larger than any token file is left alone")
    func oddFiles() throws {
        let left = FaultyFileSystem(files: ["/d/t": Self.text, "/d/t.tmp": "{\"acc"])
        #expect(try TokenFile(path: "/d/t", system: left).prove().way == .asWhole)
        #expect(left.names == ["/d/t"])
        let large = FaultyFileSystem(files: ["/d/t": String(repeating: " ", count: TokenAttributes.longestFile + 1)])
        #expect(throws: TokenFileError.self) { try TokenFile(path: "/d/t", system: large).prove() }
        #expect(!large.calls.contains(.create))
    }
}
