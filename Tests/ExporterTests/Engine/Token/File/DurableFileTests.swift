import Foundation
import Testing

@testable import OperatingSystem

@Suite("Replacing a file as a whole")
struct DurableFileTests {
    /// A call that fails, and which of its kind.
    struct Step: Sendable, CustomTestStringConvertible {
        let call: FaultyFileSystem.Call
        var number = 1
        var testDescription: String { "\(call.rawValue) \(number)" }
    }

    /// Every call of a replacement in two writes.
    static let steps = [
        Step(call: .destination), Step(call: .remove), Step(call: .create), Step(call: .write), Step(call: .write, number: 2),
        Step(call: .synchronize), Step(call: .close), Step(call: .rename), Step(call: .synchronizeDirectory),
    ]

    private static let old = "old bytes"
    private static let new = "new bytes, two more"

    private func replace(_ fault: FaultyFileSystem.Fault?, old: String? = Self.old) -> (system: FaultyFileSystem, error: FileError?) {
        let system = FaultyFileSystem(files: old.map { ["/d/t": $0] } ?? [:], fault: fault, largestWrite: 10)
        do throws(FileError) {
            try DurableFile(path: "/d/t", system: system).replace(with: Array(Self.new.utf8))
            return (system, nil)
        } catch {
            return (system, error)
        }
    }

    @Test("The bytes go to a new file, to the disk, into place, and the directory to the disk, in that order")
    func order() {
        let (system, error) = replace(nil)
        #expect(error == nil)
        #expect(system.calls == Self.steps.map(\.call))
        #expect(system.names == ["/d/t"])
        #expect(system.textsAfterPowerCut(of: "/d/t") == [Self.new, Self.new])
    }

    @Test(
        "A call that fails leaves the old or the new file whole, and a temporary file only where that is whole on the disk",
        arguments: steps, [ENOSPC, EIO, EDQUOT]
    )
    func failure(step: Step, code: Int32) {
        for old in [Self.old, nil] {
            let (system, error) = replace(.init(call: step.call, number: step.number, code: code), old: old)
            #expect(error?.code == code)
            let text = system.text(of: "/d/t")
            #expect(text == (step.call == .synchronizeDirectory ? Self.new : old))
            let left = step.call == .rename ? ["/d/t.tmp"] : []
            #expect(system.names == (text == nil ? [] : ["/d/t"]) + left)
            if step.call == .rename { #expect(system.textsAfterPowerCut(of: "/d/t.tmp").contains(Self.new)) }
        }
    }

    @Test("Under another name than the usual one, which nobody looks for, nothing is left where it can't take the file's name")
    func takenName() {
        for code in [nil, ENOSPC, EIO] {
            let files = ["/d/t": Self.old, "/d/t.tmp": "somebody else's"]
            let system = FaultyFileSystem(files: files, fault: code.map { .init(call: .rename, code: $0) })
            system.giveAway("/d/t.tmp")
            let result = Result { try DurableFile(path: "/d/t", system: system).replace(with: Array(Self.new.utf8)) }
            if case .failure(let error) = result { #expect((error as? FileError)?.code == code) } else { #expect(code == nil) }
            #expect(system.names == ["/d/t", "/d/t.tmp"])
            #expect(system.text(of: "/d/t") == (code == nil ? Self.new : Self.old))
            #expect(system.text(of: "/d/t.tmp") == "somebody else's")
        }
    }

    @Test("What somebody else puts in the temporary file's place at the last moment stays, and another name is taken")
    func takenAtLast() throws {
        let system = FaultyFileSystem(files: ["/d/t": Self.old])
        system.interfere([.init(call: .remove, path: "/d/t.tmp", text: "theirs")])
        try DurableFile(path: "/d/t", system: system).replace(with: Array(Self.new.utf8))
        #expect(system.text(of: "/d/t") == Self.new)
        #expect(system.text(of: "/d/t.tmp") == "theirs")
        #expect(system.names == ["/d/t", "/d/t.tmp"])
    }

    @Test("A power cut at any call leaves the old or the new file whole", arguments: steps)
    func powerCut(step: Step) {
        for old in [Self.old, nil] {
            let (system, error) = replace(.init(call: step.call, number: step.number, code: EIO, isLasting: true), old: old)
            #expect(error != nil)
            for text in system.textsAfterPowerCut(of: "/d/t") {
                #expect([old, Self.new].contains(text))
            }
        }
    }

    @Test("Where not even the temporary file can be removed, the first cause is told")
    func firstCause() {
        let (system, error) = replace(.init(call: .write, number: 2, code: ENOSPC, isLasting: true))
        #expect(error == FileError(operation: "do write", code: ENOSPC))
        #expect(system.text(of: "/d/t") == Self.old)
        #expect(system.calls.suffix(3) == [.write, .close, .remove])
    }

    @Test("A file that failed to be written is closed once", arguments: steps.filter { [.write, .synchronize, .close].contains($0.call) })
    func closedOnce(step: Step) {
        let (system, _) = replace(.init(call: step.call, number: step.number, code: EIO))
        #expect(system.calls.count { $0 == .close } == 1)
    }

    @Test("Writes of a single byte add up", arguments: [1, 2, 7, 1000])
    func shortWrites(size: Int) throws {
        let system = FaultyFileSystem(largestWrite: size)
        try DurableFile(path: "/d/t", system: system).replace(with: Array(Self.new.utf8))
        #expect(system.text(of: "/d/t") == Self.new)
    }

    @Test("A temporary file that a killed process left is no obstacle")
    func leftover() throws {
        let system = FaultyFileSystem(files: ["/d/t": Self.old, "/d/t.tmp": "{\"acc"])
        try DurableFile(path: "/d/t", system: system).replace(with: Array(Self.new.utf8))
        #expect(system.names == ["/d/t"])
        #expect(system.text(of: "/d/t") == Self.new)
    }

    @Test("A link in the temporary file's place is not followed, and left alone")
    func linkAsTemporary() throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/victim", "untouched")
            try link(directory + "/t.tmp", to: "victim")
            try DurableFile(path: directory + "/t", system: LocalFileSystem()).replace(with: Array(Self.new.utf8))
            #expect(textOfFile(directory + "/victim") == "untouched")
            #expect(textOfFile(directory + "/t") == Self.new)
            #expect(try names(in: directory) == ["t", "t.tmp", "victim"])
        }
    }

    @Test("A directory in the temporary file's place keeps nobody from saving")
    func directoryAsTemporary() throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/t", Self.old)
            try FileManager.default.createDirectory(atPath: directory + "/t.tmp", withIntermediateDirectories: false)
            try DurableFile(path: directory + "/t", system: LocalFileSystem()).replace(with: Array(Self.new.utf8))
            #expect(textOfFile(directory + "/t") == Self.new)
            #expect(try names(in: directory) == ["t", "t.tmp"])
        }
    }

    @Test("A reader never sees half a file while it is replaced")
    func concurrentReader() async throws {
        let texts = ["a", "b"].map { String(repeating: $0, count: 50_000) }
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("netatmo-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let path = url.appendingPathComponent("t").path
        try makeFile(path, texts[0])
        async let writing: Void = {
            for number in 0..<50 {
                try DurableFile(path: path, system: LocalFileSystem()).replace(with: Array(texts[number % 2].utf8))
            }
        }()
        for _ in 0..<50 {
            let bytes = try LocalFileSystem().contents(of: path, limit: .max)
            #expect(texts.contains(String(decoding: bytes ?? [], as: UTF8.self)))
        }
        try await writing
    }

    @Test("The system's words for an error are in its message")
    func words() {
        #expect(FileError(operation: "write", code: ENOSPC).description == "can't write: No space left on device")
        #expect(FileError(operation: "write", code: 9999).description == "can't write: error 9999")
    }
}
