import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("A token file in a directory that others write to")
struct SharedDirectoryTests {
    /// What somebody else put under a name of the program's.
    enum Planted: String, CaseIterable, Sendable {
        case link, danglingLink, directory, pipe, hardLink, otherOwner

        /// What can be planted by whoever runs the tests.
        static var possible: [Planted] { allCases.filter { geteuid() == 0 || $0 != .otherOwner } }

        var reason: ForeignFile {
            switch self {
            case .link, .danglingLink: .symbolicLink
            case .directory: .directory
            case .pipe: .notRegular
            case .hardLink: .otherNames
            case .otherOwner: .owner(4711)
            }
        }

        func put(at path: String, victim: String) throws {
            switch self {
            case .link: try ExporterTests.link(path, to: victim)
            case .danglingLink: try ExporterTests.link(path, to: victim + "-none")
            case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            case .pipe: try #require(mkfifo(path, 0o600) == 0)
            case .hardLink: try #require(Glibc.link(victim, path) == 0)
            case .otherOwner:
                try makeFile(path, SharedDirectoryTests.stranger)
                try #require(chown(path, 4711, 4711) == 0)
            }
        }
    }

    static let stranger = #"{"access_token":"s","refresh_token":"s|r","expiry":"2099-01-01T00:00:00Z"}"#
    private static let own = #"{"access_token":"a","refresh_token":"r"}"#

    /// A directory with a token file, the stranger's file elsewhere, and what is planted.
    private func shared(
        _ planted: Planted, suffix: String, _ body: (_ file: TokenFile<LocalFileSystem>, _ directory: String) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory throws in
            let victim = directory + "/victim"
            try makeFile(victim, Self.stranger, mode: 0o644)
            let folder = directory + "/shared"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try #require(chmod(folder, 0o1777) == 0)
            try makeFile(folder + "/t", Self.own)
            try planted.put(at: folder + "/t" + suffix, victim: victim)
            let before = try standing(folder + "/t" + suffix)
            try body(TokenFile(path: folder + "/t", system: LocalFileSystem()), folder)
            #expect(try standing(folder + "/t" + suffix) == before, "what somebody else put there is not touched")
            #expect(textOfFile(victim) == Self.stranger)
            #expect(modeOfFile(victim) == 0o644)
        }
    }

    private func standing(_ path: String) throws -> FileStatus? {
        try LocalFileSystem().status(of: path, followingLinks: false)
    }

    @Test("What is planted as .tmp is never taken for a write that was cut off, and saving works beside it", arguments: Planted.possible)
    func temporary(planted: Planted) throws {
        try shared(planted, suffix: ".tmp") { file, folder throws in
            #expect(file.readUnfinished() == nil)
            #expect(file.readPrevious(besides: secret("r")) == nil)
            let error = #expect(throws: TokenFileError.self) { try file.finish() }
            #expect(error?.description.contains("t.tmp, which \(planted.reason)") == true)
            #expect(textOfFile(folder + "/t") == Self.own)
            try file.write(.sample())
            #expect(try file.read() == TokenAttributes(.sample()))
            #expect(modeOfFile(folder + "/t") == 0o600)
            #expect(try names(in: folder) == ["t", "t.tmp"])
            #expect(file.placeWarnings().contains(.foreignNeighbour(path: folder + "/t.tmp", planted.reason)))
        }
    }

    @Test("What is planted as .previous is never read, written or removed, and said", arguments: Planted.possible)
    func previous(planted: Planted) throws {
        try shared(planted, suffix: ".previous") { file, folder throws in
            #expect(file.readPrevious(besides: secret("r")) == nil)
            let error = #expect(throws: TokenFileError.self) { try file.keepPrevious(try TokenAttributes(Self.own)) }
            #expect(error?.description.contains("t.previous, which \(planted.reason)") == true)
            file.forgetPrevious()
            #expect(try names(in: folder) == ["t", "t.previous"])
            #expect(file.placeWarnings().contains(.foreignNeighbour(path: folder + "/t.previous", planted.reason)))
        }
    }

    @Test("Root takes what the token file's owner left for its own", .enabled(if: geteuid() == 0))
    func ownersOwn() throws {
        try withTemporaryDirectory { directory throws in
            let file = TokenFile(path: directory + "/t", system: LocalFileSystem())
            try makeFile(file.path, Self.own)
            try makeFile(file.path + ".tmp", Self.stranger)
            for path in [file.path, file.path + ".tmp"] { try #require(chown(path, 4711, 4711) == 0) }
            #expect(file.readUnfinished()?.refreshToken == secret("s|r"))
            #expect(file.placeWarnings().isEmpty)
        }
    }

    @Test(
        "Only a directory that its group or others may write to is warned of, with or without the sticky bit",
        arguments: [
            (0o700, false), (0o755, false), (0o750, false), (0o1755, false), (0o770, true), (0o775, true), (0o702, true), (0o777, true),
            (0o1777, true), (0o1770, true), (0o2775, true),
        ])
    func directory(mode: mode_t, isWarnedOf: Bool) throws {
        try withTemporaryDirectory { directory throws in
            try #require(chmod(directory, mode) == 0)
            let warnings = TokenFile(path: directory + "/t", system: LocalFileSystem()).placeWarnings()
            #expect(warnings == (isWarnedOf ? [.sharedDirectory(path: directory, mode: UInt32(mode))] : []))
        }
    }

    @Test("A link's directory and that of its file are both looked at")
    func linkedDirectory() throws {
        try withTemporaryDirectory { directory throws in
            for name in ["links", "files"] {
                try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: false)
                try #require(chmod("\(directory)/\(name)", 0o777) == 0)
            }
            try ExporterTests.link(directory + "/links/t", to: directory + "/files/t")
            let warnings = TokenFile(path: directory + "/links/t", system: LocalFileSystem()).placeWarnings()
            #expect(
                warnings == ["files", "links"].map { .sharedDirectory(path: "\(directory)/\($0)", mode: 0o777) })
        }
    }

    @Test("A token file that another user's link leads to is warned of", .enabled(if: geteuid() == 0))
    func foreignLink() throws {
        try withTemporaryDirectory { directory throws in
            try ExporterTests.link(directory + "/t", to: "real")
            try #require(lchown(directory + "/t", 4711, 4711) == 0)
            let warnings = TokenFile(path: directory + "/t", system: LocalFileSystem()).placeWarnings()
            #expect(warnings == [.foreignLink(path: directory + "/t", owner: 4711)])
        }
    }

    @Test(
        "What is a program's own file and what is not, by its owner, for a user and for root",
        arguments: [
            (FileStatus.Kind.regular, UInt64(1), UInt32(1000), [UInt32(1000)], nil), (.regular, 1, 1001, [1000], ForeignFile.owner(1001)),
            (.regular, 1, 0, [1000], .owner(0)), (.regular, 1, 1000, [0, 1000], nil), (.regular, 1, 0, [0, 1000], nil),
            (.regular, 1, 1001, [0, 1000], .owner(1001)), (.regular, 2, 1000, [1000], .otherNames),
            (.regular, 0, 1000, [1000], .otherNames),
            (.regular, 2, 1001, [1000], .owner(1001)), (.directory, 2, 1000, [1000], .directory),
            (.symbolicLink, 1, 1000, [1000], .symbolicLink), (.other, 1, 1000, [1000], .notRegular),
        ])
    func own(kind: FileStatus.Kind, links: UInt64, owner: UInt32, owners: [UInt32], foreign: ForeignFile?) {
        let version = FileVersion(device: 1, inode: 1, size: 0, modified: 0)
        let status = FileStatus(kind: kind, owner: owner, links: links, mode: 0o600, version: version)
        #expect(status.foreign(unlessOwnedBy: Set(owners)) == foreign)
    }

    @Test("A warning says what is wrong and what helps")
    func words() {
        let all: [TokenPlaceWarning] = [
            .sharedDirectory(path: "/tmp", mode: 0o1777), .foreignFile(path: "/t", owner: 1001), .foreignLink(path: "/t", owner: 1001),
            .foreignNeighbour(path: "/t.tmp", .owner(1001)),
        ]
        #expect(
            all.map(\.description) == [
                "other users may write to the token file's directory /tmp (mode 1777): give it one of its own, mode 700",
                "the token file /t belongs to user 1001, who can read and replace the token in it",
                "the token file /t is a symbolic link of user 1001, who can lead it to another file",
                "/t.tmp belongs to user 1001: it is not this program's, and is left alone",
            ]
        )
    }
}
