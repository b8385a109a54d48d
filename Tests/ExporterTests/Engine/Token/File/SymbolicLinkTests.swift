import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("A symbolic link in the token file's place")
struct SymbolicLinkTests {
    /// Links by name, and where the file itself is.
    struct Layout: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let links: [(name: String, destination: String)]
        let target: String
    }

    /// `%` stands for the test's directory. `token.json` is the path that the user gives.
    static let layouts = [
        Layout(testDescription: "absolute", links: [("token.json", "%/real.json")], target: "real.json"),
        Layout(testDescription: "relative", links: [("token.json", "real.json")], target: "real.json"),
        Layout(testDescription: "into another directory", links: [("token.json", "sub/real.json")], target: "sub/real.json"),
        Layout(testDescription: "up and down", links: [("token.json", "sub/../sub/./real.json")], target: "sub/real.json"),
        Layout(
            testDescription: "chain", links: [("token.json", "sub/second"), ("sub/second", "../third"), ("third", "%/sub/real.json")],
            target: "sub/real.json"
        ),
        Layout(
            testDescription: "through a directory link", links: [("door", "sub"), ("token.json", "door/real.json")], target: "sub/real.json"
        ),
    ]

    private func layOut(_ layout: Layout, in directory: String) throws -> TokenFile<LocalFileSystem> {
        try FileManager.default.createDirectory(atPath: directory + "/sub", withIntermediateDirectories: true)
        for (name, destination) in layout.links {
            try link("\(directory)/\(name)", to: destination.replacingOccurrences(of: "%", with: directory))
        }
        return TokenFile(path: directory + "/token.json", system: LocalFileSystem())
    }

    @Test("It is followed, its target replaced in place, and every link stays a link", arguments: layouts)
    func followed(layout: Layout) throws {
        try withTemporaryDirectory { directory throws in
            let file = try layOut(layout, in: directory)
            let target = "\(directory)/\(layout.target)"
            try makeFile(target, #"{"refresh_token":"old"}"#, mode: 0o644)
            #expect(try file.read()?.refreshToken == secret("old"))
            try file.write(.sample())
            #expect(textOfFile(target)?.contains("new|refresh") == true)
            #expect(modeOfFile(target) == 0o600)
            for (name, destination) in layout.links {
                #expect(destinationOfLink("\(directory)/\(name)") == destination.replacingOccurrences(of: "%", with: directory))
            }
            let all = try names(in: directory) + names(in: directory + "/sub")
            #expect(!all.contains { $0.hasSuffix(".tmp") })
        }
    }

    @Test("A link whose target is not there yet means that there is no file, and the target is made", arguments: layouts)
    func dangling(layout: Layout) throws {
        try withTemporaryDirectory { directory throws in
            let file = try layOut(layout, in: directory)
            #expect(try file.read() == nil)
            try file.write(.sample())
            #expect(textOfFile("\(directory)/\(layout.target)")?.contains("new|refresh") == true)
            #expect(modeOfFile("\(directory)/\(layout.target)") == 0o600)
            #expect(destinationOfLink(file.path) != nil)
        }
    }

    @Test("Links that go round are a clear error to read, to write and to lock", arguments: [["a"], ["token.json", "a"]])
    func loop(chain: [String]) throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/" + chain[0]
            for (name, next) in zip(chain, chain.dropFirst() + [chain[0]]) {
                try link("\(directory)/\(name)", to: next)
            }
            let file = TokenFile(path: path, system: LocalFileSystem())
            let reading = #expect(throws: TokenFileError.self) { try file.read() }
            #expect(reading?.description == "token file \(path): can't open: Too many levels of symbolic links")
            let writing = #expect(throws: TokenFileError.self) { try file.write(.sample()) }
            #expect(writing?.description == "token file \(path): can't follow its symbolic links: Too many levels of symbolic links")
            let locking = #expect(throws: TokenFileError.self) { try file.lock(for: LockHolder(processID: 1, address: ":1")) }
            #expect(locking?.description == writing?.description)
            #expect(try names(in: directory) == chain.sorted())
        }
    }

    @Test("A link to a directory is named as one")
    func directory() throws {
        try withTemporaryDirectory { directory throws in
            try link(directory + "/token.json", to: ".")
            let file = TokenFile(path: directory + "/token.json", system: LocalFileSystem())
            let error = #expect(throws: TokenFileError.self) { try file.read() }
            #expect(error?.description == "token file \(file.path): can't read: Is a directory")
        }
    }

    @Test("A link whose target is not UTF-8 is refused before anything is written")
    func notUTF8() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            let destination: [CChar] = [CChar(bitPattern: 0xFF), CChar(bitPattern: 0xFE), 0]
            try #require(symlink(destination, path) == 0)
            let error = #expect(throws: TokenFileError.self) { try TokenFile(path: path, system: LocalFileSystem()).write(.sample()) }
            #expect(error?.description.contains("symbolic link whose target is not UTF-8") == true)
            #expect(try names(in: directory) == ["token.json"])
        }
    }
}
