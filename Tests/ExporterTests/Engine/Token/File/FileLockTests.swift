import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("One owner of a token file")
struct FileLockTests {
    private let here = LockHolder(processID: getpid(), address: ":9210")

    private func file(_ path: String) -> TokenFile<LocalFileSystem> {
        TokenFile(path: path, system: LocalFileSystem())
    }

    /// Why the lock is refused; `nil` where it can be had.
    private func refusal(_ path: String) -> TokenFileError? {
        do throws(TokenFileError) {
            try file(path).lock(for: LockHolder(processID: 4712, address: ":9999")).release()
            return nil
        } catch {
            return error
        }
    }

    @Test("The second is refused and told the process and the address of the first")
    func refused() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            let lock = try file(path).lock(for: LockHolder(processID: 4711, address: "127.0.0.1:9210"))
            #expect(
                refusal(path)?.description
                    == "token file \(path) is in use by process 4711 (127.0.0.1:9210); stop that one first"
            )
            #expect(refusal(path)?.cause == .inUse(by: LockHolder(processID: 4711, address: "127.0.0.1:9210")))
            lock.release()
        }
    }

    @Test("Neither a refusal nor a release touches the token file, and the lock file is its owner's alone")
    func tokenFileUntouched() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/token.json"
            try makeFile(path, "anything", mode: 0o640)
            let lock = try file(path).lock(for: here)
            #expect(refusal(path) != nil)
            lock.release()
            #expect(textOfFile(path) == "anything")
            #expect(modeOfFile(path) == 0o640)
            #expect(modeOfFile(path + ".lock") == 0o600)
            #expect(try names(in: directory) == ["token.json", "token.json.lock"])
        }
    }

    @Test("A lock can be had again after its release, which may be said twice")
    func released() throws {
        try withTemporaryDirectory { directory throws in
            let lock = try file(directory + "/t").lock(for: here)
            lock.release()
            lock.release()
            let second = try file(directory + "/t").lock(for: here)
            lock.release()
            #expect(refusal(directory + "/t")?.cause == .inUse(by: here))
            second.release()
            #expect(refusal(directory + "/t") == nil)
        }
    }

    @Test("A lock that nobody keeps is released")
    func forgotten() throws {
        try withTemporaryDirectory { directory throws in
            var lock: FileLock? = try file(directory + "/t").lock(for: here)
            #expect(lock != nil)
            lock = nil
            #expect(refusal(directory + "/t") == nil)
        }
    }

    @Test("A lock outlives the replacement of the token file")
    func replaced() throws {
        try withTemporaryDirectory { directory throws in
            let lock = try file(directory + "/t").lock(for: here)
            try file(directory + "/t").write(.sample())
            #expect(refusal(directory + "/t")?.cause == .inUse(by: here))
            lock.release()
        }
    }

    @Test("Another process that holds the lock refuses it; killed, it no longer does")
    func otherProcess() throws {
        try withTemporaryDirectory { directory throws in
            let path = directory + "/t"
            let script = #"use Fcntl ":flock"; use IO::Handle; open(my $f, "+>", $ARGV[0]) or die; flock($f, LOCK_EX) or die; "#
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
            process.arguments = [
                "-e", script + #"printf $f "%d\n:4711\n", $$; $f->flush; $| = 1; print "held\n"; <STDIN>;"#, path + ".lock",
            ]
            let (input, output) = (Pipe(), Pipe())
            (process.standardInput, process.standardOutput) = (input, output)
            try process.run()
            #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
            #expect(refusal(path)?.cause == .inUse(by: LockHolder(processID: process.processIdentifier, address: ":4711")))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(refusal(path) == nil)
            input.fileHandleForWriting.closeFile()
        }
    }

    @Test(
        "Whatever stands in a lock file that nobody holds does not matter",
        arguments: ["", "\n", "4711\n:9210\n", "garbage", "99999999999\nx\n", String(repeating: "x", count: 5000), "\u{0}\u{1}\u{2}"]
    )
    func garbage(text: String) throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/t.lock", text, mode: 0o644)
            let lock = try file(directory + "/t").lock(for: here)
            #expect(textOfFile(directory + "/t.lock") == "\(getpid())\n:9210\n")
            #expect(refusal(directory + "/t")?.cause == .inUse(by: here))
            lock.release()
        }
    }

    @Test(
        "A holder who does not say a sound name is another process",
        arguments: ["", "\n", "x\n:9210\n", "0\n:9210\n", "-1\n:9210\n", "4711\n", "4711\n:1\n:2\n", "99999999999\n:9210\n"]
    )
    func unknownHolder(record: String) throws {
        #expect(LockHolder(record: record) == nil)
        try withTemporaryDirectory { directory throws in
            let lock = try file(directory + "/t").lock(for: here)
            try record.write(toFile: directory + "/t.lock", atomically: false, encoding: .utf8)
            #expect(refusal(directory + "/t")?.description == "token file \(directory)/t is in use by another process; stop that one first")
            lock.release()
        }
    }

    @Test("A holder's control socket is in its record, also beside the longest address; a record with one that can't be is none")
    func controlSocket() throws {
        let longest = UnixSocket(path: "/" + String(repeating: "s", count: 106))
        #expect(LockHolder(record: "4711\n:9210\n/run/a.sock\n")?.socket == UnixSocket(path: "/run/a.sock"))
        #expect(LockHolder(record: "4711\n:9210\n") == LockHolder(processID: 4711, address: ":9210"))
        for record in ["4711\n:9210\na.sock\n", "4711\n:9210\n\(longest)s\n", "4711\n:9210\n/a\n/b\n"] {
            #expect(LockHolder(record: record) == nil)
        }
        try withTemporaryDirectory { directory throws in
            let host = String(repeating: "h", count: 253)
            let lock = try file(directory + "/t").lock(for: LockHolder(processID: .max, address: "\(host):65535", socket: longest))
            #expect(FileLock.lastHolder(inLockFile: directory + "/t.lock")?.socket == longest)
            lock.release()
        }
        #expect(FileLock.lastHolder(inLockFile: "/nonexistent/t.lock") == nil)
    }

    @Test("An address from a lock file is one harmless line")
    func harmlessAddress() {
        #expect(LockHolder(record: "1\n\u{1B}[31m:9210\u{7}\u{202E}\r\u{7F}ä\n")?.address == "[31m:9210")
        #expect(LockHolder(record: "1\n\(String(repeating: "x", count: 300))\n")?.address.count == 100)
    }

    @Test("A path and a symbolic link to it have one lock between them")
    func link() throws {
        try withTemporaryDirectory { directory throws in
            try FileManager.default.createDirectory(atPath: directory + "/sub", withIntermediateDirectories: true)
            try ExporterTests.link(directory + "/link", to: "sub/real")
            let lock = try file(directory + "/link").lock(for: here)
            #expect(refusal(directory + "/sub/real")?.cause == .inUse(by: here))
            #expect(try names(in: directory) == ["link", "sub"])
            #expect(try names(in: directory + "/sub") == ["real.lock"])
            lock.release()
        }
    }

    @Test("A lock file that can't be made is an error that names it")
    func noLockFile() throws {
        try withTemporaryDirectory { directory throws in
            let missing = directory + "/none/t"
            #expect(refusal(missing)?.description == "token file \(missing): can't open \(missing).lock: No such file or directory")
        }
    }

    @Test(
        "A lock file that may not be this program's own refuses the start in a line that names it, and is not touched",
        arguments: [
            ("directory", "is a directory"), ("link", "is a symbolic link"), ("dangling link", "is a symbolic link"),
            ("pipe", "is no regular file"), ("socket", "is no regular file"),
            ("hard link", "is a hard link, one of several names of a file"),
        ])
    func foreign(kind: String, words: String) throws {
        try withTemporaryDirectory { directory throws in
            let lock = directory + "/t.lock"
            try makeFile(directory + "/victim", "untouched")
            switch kind {
            case "directory": try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: true)
            case "link": try ExporterTests.link(lock, to: "victim")
            case "dangling link": try ExporterTests.link(lock, to: "none")
            case "pipe": try #require(mkfifo(lock, 0o600) == 0)
            case "socket": try #require(mknod(lock, S_IFSOCK | 0o600, 0) == 0)
            default: try #require(Glibc.link(directory + "/victim", lock) == 0)
            }
            let error = try #require(refusal(directory + "/t"))
            guard case .foreignLock = error.cause else {
                Issue.record("\(error)")
                return
            }
            #expect(
                error.description
                    == "token file \(directory)/t: its lock \(lock) \(words), so another program may use the token: remove it, or keep the token elsewhere"
            )
            #expect(textOfFile(directory + "/victim") == "untouched")
            #expect(try names(in: directory) == ["t.lock", "victim"])
        }
    }

    @Test("Another user's lock file refuses the start, unless the token file is theirs and root asks", .enabled(if: geteuid() == 0))
    func otherUsersLock() throws {
        try withTemporaryDirectory { directory throws in
            try makeFile(directory + "/t.lock", "")
            try #require(chown(directory + "/t.lock", 4711, 4711) == 0)
            let cause = TokenFileError.Cause.foreignLock(path: directory + "/t.lock", .owner(4711))
            #expect(refusal(directory + "/t")?.cause == cause)
            try makeFile(directory + "/t", "{}")
            #expect(refusal(directory + "/t")?.cause == cause)
            try #require(chown(directory + "/t", 4711, 4711) == 0)
            #expect(refusal(directory + "/t") == nil)
        }
    }

    @Test(
        "Where no lock can be had by anybody it starts; where somebody may have it, or nobody knows, it does not",
        arguments: [
            (EACCES, false, true), (EACCES, true, false), (EPERM, false, true), (EPERM, true, false), (EROFS, true, true),
            (EROFS, false, true), (ENOSPC, false, true), (EDQUOT, false, true), (ELOOP, true, false), (EISDIR, true, false),
            (ENOTDIR, false, false), (ENXIO, true, false), (ENODEV, true, false), (ENOENT, false, false), (EMFILE, true, false),
            (ENFILE, true, false), (ENOMEM, true, false), (EIO, true, false), (ENAMETOOLONG, false, false), (EINVAL, false, false),
            (ETXTBSY, true, false), (EBUSY, true, false), (ESTALE, true, false),
        ])
    func opening(code: Int32, exists: Bool, starts: Bool) {
        let failure = FileLock.Failure(opening: "/d/t.lock", code: code, exists: exists)
        #expect(starts == (failure == .none(FileError(operation: "open /d/t.lock", code: code))))
    }

    @Test(
        "A file system without locks is one where none can be had",
        arguments: [
            (ENOLCK, true), (ENOTSUP, true), (EOPNOTSUPP, true), (EINVAL, true), (ENOSYS, true), (EWOULDBLOCK, false), (EINTR, false),
            (EBADF, false), (EIO, false), (ENOMEM, false),
        ])
    func locking(code: Int32, starts: Bool) {
        let failure = FileLock.Failure(locking: "/d/t.lock", code: code, holder: nil)
        #expect(starts == (failure == .none(FileError(operation: "lock /d/t.lock", code: code))))
        #expect((code == EWOULDBLOCK) == (failure == .held(by: nil)))
    }
}
