import Foundation
import Glibc
import TestSupport
import Testing

@testable import OperatingSystem

@Suite("The place of a Unix-domain socket")
struct UnixSocketTests {
    @Test("is absent, alive with the kernel's word for who listens, and dead once that process is gone")
    func presence() throws {
        let folder = try TemporaryFolder()
        let place = UnixSocket(path: folder.path("s"))
        #expect(place.presence() == .absent && place.listener() == nil)
        let listener = try ListeningSocket(at: place.path)
        #expect(place.presence() == .alive && place.listener() == getpid())
        listener.stop()
        #expect(place.presence() == .dead && place.listener() == nil)
    }

    @Test("is alive, too, where the process that listens has no time for more than wait already")
    func busy() throws {
        let folder = try TemporaryFolder()
        let place = UnixSocket(path: folder.path("s"))
        let listener = try ListeningSocket(at: place.path, backlog: 0)
        for attempt in 1...4 { #expect(place.presence() == .alive, "attempt \(attempt)") }
        listener.stop()
        #expect(place.presence() == .dead)
    }

    @Test("that holds something else is not known to be a socket, and one below a file or in no directory is absent")
    func others() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path("file")))
        #expect(
            UnixSocket(path: folder.path("file")).presence()
                == .unknown(FileError(operation: "connect to \(folder.path("file"))", code: ENOTSOCK)))
        for path in ["file/s", "missing/s"] { #expect(UnixSocket(path: folder.path(path)).presence() == .absent) }
    }

    @Test("has room for 107 bytes")
    func length() {
        let longest = UnixSocket(path: "/" + String(repeating: "ø", count: 53))
        #expect(longest.path.utf8.count == 107 && !longest.isTooLong)
        let tooLong = UnixSocket(path: longest.path + "x")
        #expect(tooLong.isTooLong)
        #expect(tooLong.presence() == .unknown(FileError(operation: "connect to \(tooLong)", code: ENAMETOOLONG)))
    }

    @Test("lies in a directory", arguments: [("/run/a/s", "/run/a"), ("/s", "/"), ("s", ".")])
    func directory(path: String, directory: String) {
        #expect(UnixSocket(path: path).directory == directory)
    }

    @Test(
        "may be told from a directory",
        arguments: [("s", "/a", "/a/s"), ("b/s", "/a/", "/a/b/s"), ("s", "/", "/s"), ("/c/s", "/a", "/c/s")])
    func relative(path: String, directory: String, place: String) {
        #expect(UnixSocket(path: path, from: directory).path == place)
    }

    @Test("is taken by a socket that was bound where no other user may enter; only that one is removed at the end")
    func placement() throws {
        let folder = try TemporaryFolder()
        let place = UnixSocket(path: folder.path("s"))
        let dead = try ListeningSocket(at: place.path)
        dead.stop()
        let placement = try UnixSocketPlacement(of: place, group: nil)
        var status = stat()
        let directory = UnixSocket(path: placement.temporaryPath).directory
        #expect(stat(directory, &status) == 0 && status.st_mode & 0o777 == 0o700)
        let listener = try ListeningSocket(at: placement.temporaryPath)
        defer { listener.stop() }
        let placed = try placement.complete()
        #expect(place.presence() == .alive)
        #expect(stat(place.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["s"], "nothing else is left")
        // Another engine has put its own there since.
        unlink(place.path)
        let another = try ListeningSocket(at: place.path)
        defer { another.stop() }
        placed.remove()
        #expect(place.presence() == .alive)
    }

    @Test("may lie as deep as the place where it is bound has room for, and leaves nothing where it lies deeper", arguments: [107, 108])
    func depth(length: Int) throws {
        let folder = try TemporaryFolder()
        let directory = folder.path(String(repeating: "d", count: length - folder.path("d/.XXXXXX/s").utf8.count + 1))
        #expect("\(directory)/.XXXXXX/s".utf8.count == length)
        #expect(mkdir(directory, 0o700) == 0)
        let place = UnixSocket(path: "\(directory)/s")
        if length == UnixSocket.longestPath {
            let placement = try UnixSocketPlacement(of: place, group: nil)
            let listener = try ListeningSocket(at: placement.temporaryPath)
            _ = try placement.complete()
            #expect(place.presence() == .alive)
            listener.stop()
        } else {
            #expect(throws: FileError(operation: "make it in its directory", code: ENAMETOOLONG)) {
                try UnixSocketPlacement(of: place, group: nil)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
        }
    }

    @Test("is open to a group where one is given, and closed to others")
    func group() throws {
        let folder = try TemporaryFolder()
        let place = UnixSocket(path: folder.path("s"))
        let placement = try UnixSocketPlacement(of: place, group: getegid())
        let listener = try ListeningSocket(at: placement.temporaryPath)
        defer { listener.stop() }
        let placed = try placement.complete()
        var status = stat()
        #expect(stat(place.path, &status) == 0 && status.st_mode & 0o777 == 0o660 && status.st_gid == getegid())
        placed.remove()
        #expect(place.presence() == .absent)
    }
}

@Suite("Readers of a value that changes")
struct ReadersTests {
    @Test("are told what there is and then the newest; one that has gone is forgotten, and a slow one misses what is in between")
    func tell() async {
        var readers = Readers<Int>()
        var quick: AsyncStream<Int>? = readers.add(telling: 0)
        var iterator = quick?.makeAsyncIterator()
        #expect(await iterator?.next() == 0)
        readers.tell(1)
        readers.tell(2)
        #expect(await iterator?.next() == 2)
        (quick, iterator) = (nil, nil)
        readers.tell(3)
        var late = readers.add(telling: 3).makeAsyncIterator()
        #expect(await late.next() == 3)
        #expect((Mirror(reflecting: readers).descendant("readers") as? [Any])?.count == 1)
    }
}
