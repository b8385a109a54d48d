import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("The memory's file beside the token file")
struct MemoryFileTests {
    private static let token = #"{"access_token":"a","refresh_token":"r"}"#

    private func file(beside path: String) -> MemoryFile<LocalFileSystem> {
        MemoryFile(beside: path, suffix: ".history", system: LocalFileSystem())
    }

    @Test("is of mode 0600, has the token file's name, and is replaced as a whole")
    func written() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/token.json"
            try makeFile(path, Self.token)
            let memory = file(beside: path)
            #expect(try memory.read() == nil)
            for text in ["first, and longer", "second"] {
                try memory.write(Array(text.utf8))
                #expect(try memory.read() == Array(text.utf8))
            }
            #expect(memory.name == "token.json.history")
            #expect(try names(in: directory) == ["token.json", "token.json.history"])
            #expect(modeOfFile(path + ".history") == 0o600)
            #expect(textOfFile(path) == Self.token)
        }
    }

    @Test("of a byte more than it may have is told as too large, and one of that size is read whole", arguments: [0, 1])
    func size(excess: Int) throws {
        try withTemporaryDirectory { directory in
            try makeFile(directory + "/token.json", Self.token)
            try makeFile(directory + "/token.json.history", String(repeating: "\n", count: (1 << 20) + excess))
            let text = try #require(try file(beside: directory + "/token.json").read())
            #expect(EngineMemory.reading(text).problem == (excess == 0 ? nil : .tooLarge(limit: 1 << 20)))
        }
    }

    @Test("is beside the file that a symbolic link leads to, also where that is not there yet")
    func link() throws {
        try withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory + "/real", withIntermediateDirectories: false)
            try ExporterTests.link(directory + "/token.json", to: "real/t.json")
            try file(beside: directory + "/token.json").write([1])
            #expect(try names(in: directory) == ["real", "token.json"])
            #expect(try names(in: directory + "/real") == ["t.json.history"])
        }
    }

    @Test("belongs to the owner of the token file", .enabled(if: geteuid() == 0, "only root may give files away"))
    func owner() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/token.json"
            try makeFile(path, Self.token)
            try #require(chown(path, 4711, 4712) == 0)
            try file(beside: path).write([1])
            #expect(try LocalFileSystem().status(of: path + ".history", followingLinks: false)?.owner == 4711)
            #expect(try file(beside: path).read() == [1])
        }
    }

    @Test(
        "is left alone where it is another's: nothing is read from it, written to it or removed",
        arguments: SharedDirectoryTests.Planted.possible)
    func planted(_ planted: SharedDirectoryTests.Planted) throws {
        try withTemporaryDirectory { directory in
            let (path, victim) = (directory + "/token.json", directory + "/victim")
            try makeFile(path, Self.token)
            try makeFile(victim, "precious")
            try planted.put(at: path + ".history", victim: victim)
            let before = try names(in: directory)
            let memory = file(beside: path)
            for error in [#expect(throws: FileError.self) { try memory.read() }, #expect(throws: FileError.self) { try memory.write([1]) }]
            {
                #expect(error?.foreign == planted.reason)
            }
            #expect(
                try LocalFileSystem().status(of: path + ".history", followingLinks: false)?.foreign(unlessOwnedBy: [geteuid()])
                    == planted.reason)
            #expect(textOfFile(victim) == "precious")
            #expect(textOfFile(path) == Self.token)
            #expect(try names(in: directory) == before)
        }
    }

    @Test("in a directory that can't be written to is told as that", .enabled(if: geteuid() != 0, "root may write everywhere"))
    func closedDirectory() throws {
        try withTemporaryDirectory { directory in
            try makeFile(directory + "/token.json", Self.token)
            chmod(directory, 0o500)
            defer { chmod(directory, 0o700) }
            #expect(throws: FileError(operation: "create a new file beside it", code: EACCES)) {
                try file(beside: directory + "/token.json").write([1])
            }
        }
    }

    @Test(
        "whatever fails: the token file is as it was, and the memory the old one or the new one", arguments: FaultyFileSystem.Call.allCases)
    func faults(_ call: FaultyFileSystem.Call) throws {
        for number in 1...3 {
            for isLasting in [false, true] {
                let system = FaultyFileSystem(
                    files: ["/t/token.json": Self.token, "/t/token.json.history": "old"],
                    fault: .init(call: call, number: number, code: ENOSPC, isLasting: isLasting))
                let memory = MemoryFile(beside: "/t/token.json", suffix: ".history", system: system)
                let read = try? memory.read()
                #expect(read == nil || read == Array("old".utf8))
                try? memory.write(Array("new".utf8))
                #expect(system.text(of: "/t/token.json") == Self.token)
                for text in system.textsAfterPowerCut(of: "/t/token.json") { #expect(text == Self.token) }
                for text in system.textsAfterPowerCut(of: "/t/token.json.history") { #expect(text == "old" || text == "new") }
            }
        }
    }

    @Test("on a full disk keeps what it held")
    func fullDisk() throws {
        let system = FaultyFileSystem(
            files: ["/t/token.json": Self.token, "/t/token.json.history": "old"], faults: [], limits: .init(disk: Self.token.utf8.count + 5)
        )
        let memory = MemoryFile(beside: "/t/token.json", suffix: ".history", system: system)
        #expect(throws: FileError(operation: "do write", code: ENOSPC)) { try memory.write(Array("much more than there is room for".utf8)) }
        #expect(system.text(of: "/t/token.json.history") == "old")
        #expect(system.names == ["/t/token.json", "/t/token.json.history"])
    }
}
