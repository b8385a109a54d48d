import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Writing a file in place, where no new file can take its name")
struct InPlaceTests {
    private static let old = #"{"refresh_token":"r1","note":"a longer text than the new one"}"#
    private static let new = #"{"refresh_token":"r2"}"#
    /// What a place says that takes no new file: a directory of somebody else, a read-only file system, a file that is mounted.
    private static let codes = [EACCES, EPERM, EROFS, EBUSY, EXDEV, EISDIR, ENAMETOOLONG]

    private func system(_ faults: [FaultyFileSystem.Fault], old: String? = Self.old) -> FaultyFileSystem {
        FaultyFileSystem(files: old.map { ["/d/t": $0] } ?? [:], faults: faults, largestWrite: 10)
    }

    private func replace(_ system: FaultyFileSystem, by text: String = Self.new) throws(FileError) -> WriteWay {
        try DurableFile(path: "/d/t", system: system).replace(with: Array(text.utf8))
    }

    @Test(
        "It is done for each such reason at each step, tells the reason, is on the disk afterwards, and leaves nothing beside",
        arguments: [FaultyFileSystem.Call.remove, .create, .rename, .synchronizeDirectory], codes
    )
    func done(step: FaultyFileSystem.Call, code: Int32) throws {
        for old in [Self.old, "{}"] {
            let system = system([.init(call: step, code: code)], old: old)
            #expect(try replace(system) == .inPlace(because: FileError(operation: "do \(step.rawValue)", code: code)))
            #expect(system.text(of: "/d/t") == Self.new)
            #expect(system.names == ["/d/t"])
            // A directory that can't be opened can't be brought to the disk either.
            guard step != .synchronizeDirectory else { continue }
            #expect(system.textsAfterPowerCut(of: "/d/t").allSatisfy { $0 == Self.new })
        }
    }

    @Test("The next write tries the whole way first again, and goes it where it works; else each write works in place")
    func later() throws {
        let system = system([.init(call: .create, code: EACCES), .init(call: .create, number: 2, code: EACCES)])
        for text in ["second", "third and longer"] {
            #expect(try replace(system, by: text) == .inPlace(because: FileError(operation: "do create", code: EACCES)))
            #expect(system.text(of: "/d/t") == text)
        }
        #expect(try replace(system, by: "fourth") == .asWhole)
        #expect(system.text(of: "/d/t") == "fourth")
    }

    @Test("Other reasons pass, so they are told and the file is left alone", arguments: [ENOSPC, EDQUOT, EIO, ENOENT, ENOTDIR, EMFILE])
    func others(code: Int32) {
        let system = system([.init(call: .create, code: code)])
        #expect(throws: FileError(operation: "do create", code: code)) { try replace(system) }
        #expect(!system.calls.contains(.openInPlace))
        #expect(system.text(of: "/d/t") == Self.old)
    }

    @Test("Where the file can't be opened either, or is not there, the first reason is told")
    func neither() {
        let closed = system([.init(call: .create, code: EACCES), .init(call: .openInPlace, code: EROFS)])
        #expect(throws: FileError(operation: "do create", code: EACCES)) { try replace(closed) }
        #expect(closed.text(of: "/d/t") == Self.old)
        let absent = system([.init(call: .create, code: EACCES)], old: nil)
        #expect(throws: FileError(operation: "do create", code: EACCES)) { try replace(absent) }
        #expect(absent.names.isEmpty)
    }

    @Test("A power cut before the old end is cut off leaves the new text with blanks behind it, which is read as it should be")
    func powerCut() throws {
        let system = system([.init(call: .create, code: EACCES), .init(call: .truncate, code: EIO, isLasting: true)])
        #expect(throws: FileError(operation: "do truncate", code: EIO)) { try replace(system) }
        for text in system.textsAfterPowerCut(of: "/d/t") {
            let text = try #require(text)
            #expect(text.utf8.count == Self.old.utf8.count)
            #expect(try TokenAttributes(text).refreshToken == secret("r2"))
        }
    }

    @Test("A mounted file keeps what is written beside it until it is in the file, at the end of a cut-off write too")
    func finish() throws {
        let system = FaultyFileSystem(files: ["/d/t": Self.old, "/d/t.tmp": Self.new], fault: .init(call: .rename, code: EBUSY))
        #expect(try TokenFile(path: "/d/t", system: system).finish() == .inPlace(because: FileError(operation: "do rename", code: EBUSY)))
        #expect(system.text(of: "/d/t") == Self.new)
        #expect(system.names == ["/d/t"])
        #expect(system.calls.firstIndex(of: .openInPlace).map { system.calls[..<$0].contains(.remove) } == false)
    }

    @Test("The file's mode is 0600 from then on; a link, a directory and a pipe are left alone, and nothing waits for a reader")
    func localFiles() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/t"
            let system = LocalFileSystem()
            try makeFile(path, "old", mode: 0o644)
            let file = try system.openInPlace(path)
            _ = try system.write(Array("n".utf8)[...], to: file)
            try system.truncate(file, to: 1)
            try system.close(file)
            #expect(textOfFile(path) == "n")
            #expect(modeOfFile(path) == 0o600)
            try link(directory + "/link", to: "t")
            #expect(mkfifo(directory + "/pipe", 0o600) == 0)
            for name in ["link", "pipe", "", "none"] {
                #expect(throws: FileError.self, "\(name)") { try system.openInPlace(directory + "/" + name) }
            }
            let reader = open(directory + "/pipe", O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            #expect(throws: FileError.self) { try system.openInPlace(directory + "/pipe") }
            #expect(textOfFile(path) == "n")
        }
    }
}
