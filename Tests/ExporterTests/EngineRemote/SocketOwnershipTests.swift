import Foundation
import Glibc
import TestSupport
import Testing

@testable import EngineAPI
@testable import EngineRemote
@testable import OperatingSystem

@Suite("Whose control socket is trusted")
struct SocketOwnershipTests {
    /// A socket in a directory, and a token file elsewhere.
    private struct Place {
        let folder: SocketFolder
        let socket: UnixSocket
        let tokenFile: String
        private let listener: PlayedListener

        init() throws {
            folder = try SocketFolder()
            #expect(mkdir("\(folder.path)/run", 0o700) == 0)
            socket = folder.socket("run/s")
            listener = try PlayedListener(at: socket)
            tokenFile = "\(folder.path)/token.json"
            try makeFile(tokenFile, "{}")
        }

        func give(_ path: String, to user: UInt32) {
            #expect(chown(path, user, user) == 0)
        }

        /// Why it is not trusted; `nil` where it is.
        func refusal(tokenFile: String? = nil, user: UInt32 = geteuid()) -> EngineConnectionError? {
            do throws(EngineConnectionError) {
                try SocketOwnership(tokenFile: tokenFile, user: user).check(socket)
                return nil
            } catch {
                return error
            }
        }

        func foreign(_ reason: String) -> EngineConnectionError {
            .foreignSocket(path: socket.path, reason: reason)
        }
    }

    @Test(
        "one that may not be opened names the group that lets in, its own or its directory's where that alone can be looked at",
        arguments: [
            (0o660, 0o700, true), (0o640, 0o710, false), (0o620, 0o710, false), (0o600, 0o710, false), (nil, 0o750, true),
            (nil, 0o740, false), (nil, 0o700, false),
        ] as [(Int?, Int, Bool)])
    func groups(mode: Int?, directoryMode: Int, isNamed: Bool) throws {
        let place = try Place()
        if let mode { #expect(chmod(place.socket.path, mode_t(mode)) == 0) } else { unlink(place.socket.path) }
        #expect(chmod(place.socket.directory, mode_t(directoryMode)) == 0)
        let error = EngineConnectionError.notAllowed(place.socket)
        var status = stat()
        #expect(stat(place.socket.directory, &status) == 0)
        let name = getgrgid(status.st_gid).flatMap { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        #expect(error == .notAllowed(path: place.socket.path, group: isNamed ? name : nil))
        #expect("\(error)".contains(isNamed ? "(usermod -aG \(name))" : "only the user who runs the service"), "\(error)")
    }

    @Test("root's and the user's own are, with a token file or without, and a third one's is not", .enabled(if: geteuid() == 0))
    func own() throws {
        let place = try Place()
        for (owner, user, isTrusted) in [(0, 0, true), (0, 4711, true), (4711, 4711, true), (4711, 0, false), (4712, 4711, false)] {
            place.give(place.socket.path, to: UInt32(owner))
            for tokenFile in [nil, place.tokenFile, "\(place.folder.path)/missing.json"] {
                let refusal = place.refusal(tokenFile: tokenFile, user: UInt32(user))
                #expect(refusal == (isTrusted ? nil : place.foreign("belongs to user \(owner)")), "\(owner)'s for \(user)")
            }
        }
    }

    @Test("another user's is not, but for the owner of the token file", .enabled(if: geteuid() == 0))
    func foreign() throws {
        let place = try Place()
        place.give(place.socket.path, to: 4711)
        #expect(place.refusal() == place.foreign("belongs to user 4711"))
        #expect(place.refusal(tokenFile: place.tokenFile) == place.foreign("belongs to user 4711"))
        place.give(place.tokenFile, to: 4712)
        #expect(place.refusal(tokenFile: place.tokenFile) == place.foreign("belongs to user 4711"))
        place.give(place.tokenFile, to: 4711)
        #expect(place.refusal(tokenFile: place.tokenFile) == nil)
    }

    @Test("its directory may be another user's as little, but for the owner of the token file", .enabled(if: geteuid() == 0))
    func foreignDirectory() throws {
        let place = try Place()
        place.give(place.socket.directory, to: 4711)
        #expect(place.refusal() == place.foreign("lies in a directory that other users may change"))
        place.give(place.tokenFile, to: 4711)
        #expect(place.refusal(tokenFile: place.tokenFile) == nil)
        place.give(place.socket.path, to: 4711)
        place.give(place.socket.directory, to: 4712)
        #expect(place.refusal(tokenFile: place.tokenFile) == place.foreign("lies in a directory that other users may change"))
    }

    @Test(
        "its directory may be changed by its owner alone, or be a sticky one",
        arguments: [
            (0o700, true), (0o755, true), (0o750, true), (0o711, true), (0o770, false), (0o720, false), (0o702, false), (0o777, false),
            (0o1777, true), (0o1770, true), (0o2777, false),
        ] as [(mode_t, Bool)])
    func directoryMode(mode: mode_t, isTrusted: Bool) throws {
        let place = try Place()
        #expect(chmod(place.socket.directory, mode) == 0)
        #expect(place.refusal() == (isTrusted ? nil : place.foreign("lies in a directory that other users may change")))
    }

    @Test("that of the user whose directory root has made right below /run is, as long as root alone makes directories there")
    func serviceDirectory() throws {
        let place = try Place()
        let run = place.folder.path
        func refusal(in run: String) -> EngineConnectionError? {
            do throws(EngineConnectionError) {
                try SocketOwnership(tokenFile: nil, run: run).check(place.socket)
                return nil
            } catch {
                return error
            }
        }
        for path in [place.socket.path, place.socket.directory] { place.give(path, to: 4711) }
        for (mode, isTrusted) in [(0o755, true), (0o700, true), (0o1777, false), (0o777, false), (0o775, false)] as [(mode_t, Bool)] {
            #expect(chmod(run, mode) == 0)
            let reason = "belongs to user 4711; that its directory is in \(run) proves nothing, since others than root may write there"
            #expect(refusal(in: run) == (isTrusted ? nil : place.foreign(reason)), "\(String(mode, radix: 8))")
        }
        #expect(chmod(run, 0o755) == 0)
        #expect(refusal(in: "/run") == place.foreign("belongs to user 4711"))
        place.give(place.socket.path, to: 4712)
        #expect(refusal(in: run) == place.foreign("belongs to user 4712"), "another user's than whose directory it is")
        place.give(place.socket.path, to: 4711)
        place.give(run, to: 4711)
        #expect(refusal(in: run) != nil, "a directory below another one than root's")
    }

    @Test("a link is followed where it is trusted as a socket would be, and so is each on the way; a stranger's is not")
    func links() throws {
        let place = try Place()
        func check(_ name: String) -> EngineConnectionError? {
            do throws(EngineConnectionError) {
                try SocketOwnership(tokenFile: nil).check(place.folder.socket(name))
                return nil
            } catch {
                return error
            }
        }
        let folder = place.folder.path
        try link("\(folder)/direct", to: "run/s")
        try link("\(folder)/absolute", to: place.socket.path)
        try link("\(folder)/twice", to: "direct")
        for name in ["direct", "absolute", "twice"] { #expect(check(name) == nil, "\(name)") }
        #expect(lchown("\(folder)/direct", 4711, 4711) == 0)
        for name in ["direct", "twice"] {
            #expect(check(name) == .foreignSocket(path: "\(folder)/direct", reason: "is a symbolic link of user 4711"))
        }
        // A link of one's own leads to no socket that is not trusted itself.
        place.give(place.socket.path, to: 4711)
        #expect(check("absolute") == place.foreign("belongs to user 4711"))
        place.give(place.socket.path, to: 0)
        #expect(mkdir("\(folder)/open", 0o700) == 0 && chmod("\(folder)/open", 0o777) == 0)
        try link("\(folder)/open/s", to: place.socket.path)
        let open = EngineConnectionError.foreignSocket(path: "\(folder)/open/s", reason: "lies in a directory that other users may change")
        #expect(check("open/s") == open)
        try link("\(folder)/through", to: "open/s")
        #expect(check("through") == open)
        try link("\(folder)/loop", to: "loop")
        #expect(check("loop") == .foreignSocket(path: "\(folder)/loop", reason: "is a symbolic link that leads nowhere"))
        try link("\(folder)/dangling", to: "none")
        #expect(check("dangling") == .noEngine(path: "\(folder)/none"))
    }

    @Test("eight links one behind the other are followed, and no more", arguments: [8, 9])
    func chain(count: Int) throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket("0"))
        for number in 1...count { try link("\(folder.path)/\(number)", to: "\(number - 1)") }
        let last = folder.socket("\(count)")
        if count == 8 {
            #expect(throws: Never.self) { try SocketOwnership(tokenFile: nil).check(last) }
        } else {
            #expect(throws: EngineConnectionError.foreignSocket(path: last.path, reason: "is a symbolic link that leads nowhere")) {
                try SocketOwnership(tokenFile: nil).check(last)
            }
        }
        #expect(listener.requests == [])
    }

    @Test("a file and a directory are none, nor is a link to one")
    func noSocket() throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket("s"))
        try makeFile("\(folder.path)/file", "")
        #expect(mkdir("\(folder.path)/directory", 0o700) == 0)
        try link("\(folder.path)/link", to: "file")
        for (name, told) in [("file", "file"), ("directory", "directory"), ("link", "file")] {
            #expect(throws: EngineConnectionError.foreignSocket(path: folder.socket(told).path, reason: "is no socket")) {
                try SocketOwnership(tokenFile: nil).check(folder.socket(name))
            }
        }
        #expect(listener.requests == [])
        let missing = folder.socket("missing")
        #expect(throws: EngineConnectionError.noEngine(path: missing.path)) { try SocketOwnership(tokenFile: nil).check(missing) }
    }
}
