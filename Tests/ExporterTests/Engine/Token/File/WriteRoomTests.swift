import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Room for a token that is to come")
struct WriteRoomTests {
    private static let old = #"{"refresh_token":"r1"}"#
    private static let new = #"{"refresh_token":"r2","note":"a longer text than the old one, which there has to be room for"}"#
    /// Beyond the file as it is, in bytes.
    private static let room = 4096
    /// What an empty file holds, as it is written.
    private static let emptyObject = "{}\n"
    private static let directoryIsClosed = FaultyFileSystem.Fault(call: .create, code: EACCES)

    private func system(
        _ files: [String: String], _ faults: [FaultyFileSystem.Fault] = [], disk: Int = .max, file: Int = .max
    ) -> FaultyFileSystem {
        FaultyFileSystem(files: files, faults: faults, largestWrite: 1000, limits: .init(disk: disk, file: file))
    }

    private func replace(_ system: FaultyFileSystem, by text: String = Self.new) throws(FileError) -> WriteWay {
        try DurableFile(path: "/d/t", system: system).replace(with: Array(text.utf8))
    }

    // MARK: The proof

    @Test("The proof fails where the old bytes can be written and longer ones can't, to the byte", arguments: ["", old], [false, true])
    func proof(text: String, isInPlace: Bool) throws {
        let size = text.utf8.count
        let faults = isInPlace ? [Self.directoryIsClosed] : []
        let needed = max(size, Self.emptyObject.utf8.count) + Self.room
        let disk = isInPlace ? needed : size + needed
        for (lacking, code) in [(0, 0), (1, ENOSPC), (Self.room, ENOSPC)] {
            let system = system(["/d/t": text], faults, disk: disk - lacking)
            try check(system, text: text, failsWith: code)
        }
        for (lacking, code) in [(0, 0), (1, EFBIG), (Self.room, EFBIG)] {
            let system = system(["/d/t": text], faults, file: needed - lacking)
            try check(system, text: text, failsWith: code)
        }
    }

    private func check(_ system: FaultyFileSystem, text: String, failsWith code: Int32) throws {
        let file = TokenFile(path: "/d/t", system: system)
        if code == 0 {
            _ = try file.prove()
        } else {
            let error = #expect(throws: TokenFileError.self) { try file.prove() }
            guard case .system(let cause) = error?.cause else { throw NoSystemError(error: error) }
            #expect(cause.code == code)
        }
        #expect(system.text(of: "/d/t") == text)
        #expect(system.names == ["/d/t"])
        let attributes = try TokenAttributes(text)
        for left in system.textsAfterPowerCut(of: "/d/t") { #expect(try TokenAttributes(left ?? "?") == attributes) }
    }

    private struct NoSystemError: Error { let error: TokenFileError? }

    @Test("Where there is no file yet it fails as well, and leaves none")
    func proofWithoutFile() throws {
        let needed = Self.emptyObject.utf8.count + Self.room
        let enough = system([:], disk: needed)
        #expect(try TokenFile(path: "/d/t", system: enough).prove().way == .asWhole)
        let small = system([:], disk: needed - 1)
        #expect(throws: TokenFileError.self) { try TokenFile(path: "/d/t", system: small).prove() }
        #expect(enough.names.isEmpty && small.names.isEmpty)
    }

    @Test("It is room for what is written with tokens as long as NetAtmo's, and twice as long", arguments: ["", old, new, "{ }"])
    func successor(text: String) throws {
        let other = try TokenAttributes(text).other
        let token = Token(
            accessToken: secret(String(repeating: "a", count: 120)), refreshToken: secret(String(repeating: "r", count: 120)),
            expiry: Date(timeIntervalSince1970: 1_700_000_000), otherAttributes: other)
        #expect(try TokenAttributes(token).json().count <= TokenAttributes.usualSuccessor(of: Array(text.utf8)))
    }

    @Test("A proof that fails on a file that is mounted by itself and read-only leaves nothing beside it")
    func nothingLeft() {
        let system = system(["/d/t": Self.old], [.init(call: .rename, code: EBUSY), .init(call: .openInPlace, code: EROFS)])
        let error = #expect(throws: TokenFileError.self) { try TokenFile(path: "/d/t", system: system).prove() }
        #expect(error?.cause == .system(FileError(operation: "do openInPlace", code: EROFS)))
        #expect(system.names == ["/d/t"])
    }

    // MARK: The write in place

    @Test("Where there is no room for it, a write in place leaves the old file whole, and tells that", arguments: [ENOSPC, EFBIG])
    func noRoom(code: Int32) throws {
        for lacking in [1, 10, Self.new.utf8.count - Self.old.utf8.count] {
            let size = Self.new.utf8.count - lacking
            let system =
                code == EFBIG
                ? system(["/d/t": Self.old], [Self.directoryIsClosed], file: size)
                : system(["/d/t": Self.old], [Self.directoryIsClosed], disk: size)
            #expect(throws: FileError(operation: "do write", code: code)) { try replace(system) }
            #expect(system.text(of: "/d/t") == Self.old)
            for text in system.textsAfterPowerCut(of: "/d/t") { #expect(try TokenAttributes(text ?? "?").refreshToken == secret("r1")) }
        }
        // As much as it takes is enough.
        let enough = system(["/d/t": Self.old], [Self.directoryIsClosed], disk: Self.new.utf8.count)
        _ = try replace(enough)
        #expect(enough.text(of: "/d/t") == Self.new)
    }

    @Test("A full disk is no obstacle to a shorter text")
    func shorter() throws {
        let system = system(["/d/t": Self.new], [Self.directoryIsClosed], disk: Self.new.utf8.count)
        _ = try replace(system, by: Self.old)
        #expect(system.text(of: "/d/t") == Self.old)
    }

    @Test(
        "Cut off by the power while it gets room, it leaves the old token", arguments: [FaultyFileSystem.Call.seek, .write, .synchronize])
    func powerCut(call: FaultyFileSystem.Call) throws {
        let system = system(["/d/t": Self.old], [Self.directoryIsClosed, .init(call: call, code: EIO, isLasting: true)])
        #expect(throws: FileError(operation: "do \(call.rawValue)", code: EIO)) { try replace(system) }
        for text in system.textsAfterPowerCut(of: "/d/t") { #expect(try TokenAttributes(text ?? "?").refreshToken == secret("r1")) }
    }

    @Test(
        "Told is what there is to mend: of two closed doors the directory, of a mounted file the file, else why not in place",
        arguments: [
            (EACCES, EACCES, EACCES, true), (EACCES, EROFS, EACCES, true), (EROFS, EROFS, EROFS, true), (EACCES, ENOENT, EACCES, true),
            (EBUSY, EROFS, EROFS, false), (EBUSY, EACCES, EACCES, false), (EACCES, EIO, EIO, false), (EROFS, EDQUOT, EDQUOT, false),
            (EACCES, EMFILE, EMFILE, false),
        ] as [(Int32, Int32, Int32, Bool)]
    )
    func reason(asWhole: Int32, inPlace: Int32, told: Int32, isFirst: Bool) {
        let call = asWhole == EBUSY ? FaultyFileSystem.Call.rename : .create
        let system = system(["/d/t": Self.old], [.init(call: call, code: asWhole), .init(call: .openInPlace, code: inPlace)])
        #expect(throws: FileError(operation: "do \(isFirst ? call.rawValue : "openInPlace")", code: told)) { try replace(system) }
    }

    // MARK: What lies beside a mounted file

    /// Room for what lies beside it, and not for the same in the file.
    private func mounted(_ files: [String: String]) -> FaultyFileSystem {
        system(files, [.init(call: .rename, code: EBUSY)], disk: Self.old.utf8.count + Self.new.utf8.count + 10)
    }

    @Test("What got to the disk beside a mounted file stays where it does not get into the file, and is what the next start uses")
    func kept() throws {
        let system = mounted(["/d/t": Self.old])
        #expect(throws: FileError(operation: "do write", code: ENOSPC)) { try replace(system) }
        #expect(system.names == ["/d/t", "/d/t.tmp"])
        let file = TokenFile(path: "/d/t", system: system)
        #expect(try file.read()?.refreshToken == secret("r1"))
        #expect(file.readUnfinished()?.refreshToken == secret("r2"))
    }

    @Test("So does what a start could not bring into the file")
    func keptByStart() throws {
        let system = mounted(["/d/t": Self.old, "/d/t.tmp": Self.new])
        let file = TokenFile(path: "/d/t", system: system)
        #expect(throws: TokenFileError.self) { try file.finish() }
        #expect(system.names == ["/d/t", "/d/t.tmp"])
        #expect(file.readUnfinished()?.refreshToken == secret("r2"))
    }

    @Test("A time is set of the file itself, and of no link's target")
    func touch() throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/t", "x")
            try link(directory + "/link", to: "t")
            let past = Date(timeIntervalSince1970: 1_000_000)
            try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: directory + "/t")
            let system = LocalFileSystem()
            try system.touch(directory + "/link")
            #expect(try system.version(of: directory + "/t")?.modified == 1_000_000_000_000_000)
            try system.touch(directory + "/t")
            let touched = try #require(try system.version(of: directory + "/t"))
            #expect(touched.modified > 1_700_000_000_000_000_000)
            #expect(throws: FileError.self) { try system.touch(directory + "/none") }
        }
    }
}
