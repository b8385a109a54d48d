import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import OperatingSystem

@Suite("What happens in directories")
struct DirectoryWatchTests {
    private let folder: TemporaryFolder
    /// inotify(7) itself works on the file systems that are left out too.
    private let watch: DirectoryWatch

    init() throws {
        folder = try TemporaryFolder()
        let watch = DirectoryWatch(tellsChanges: { _ in true })
        self.watch = try #require(watch)
        try shell("mkdir state; echo 1 >state/token.json; echo 1 >state/token.json.previous; ln -s state/token.json link; mkdir empty")
    }

    /// Runs commands in the folder.
    private func shell(_ commands: String) throws {
        try #require(system("cd '\(folder.url.path)' && \(commands)") == 0)
    }

    /// The file as it is looked for by that name.
    private func names(of name: String) throws -> [String: Set<String>] {
        try DurableFile(path: folder.path(name), system: LocalFileSystem()).names()
    }

    @Test(
        "It tells whatever makes another version of a file, or of what leads to it",
        arguments: [
            "echo 2 >state/token.json", "echo 2 >>state/token.json", "touch state/token.json", "rm state/token.json",
            "echo 2 >state/new; mv state/new state/token.json", "mv state/token.json state/old",
            "ln -f state/token.json.previous state/token.json",
            "ln -sfn empty/token.json link", "rm link", "echo 2 >other; mv other link", "rm -r state", "mv state old",
            "mkdir new; mv -T new state || mv state x",
        ]
    )
    func told(commands: String) throws {
        let names = try names(of: "link")
        #expect(watch.watch(names) == .wholeFromNow)
        #expect(!watch.takeChanges())
        try shell(commands)
        #expect(watch.takeChanges(), "after \(commands)")
        #expect(!watch.takeChanges(), "told twice")
    }

    @Test(
        "It does not tell what happens beside it",
        arguments: [
            "true", "cat state/token.json", "ls state", "echo 2 >state/token.json.tmp", "rm state/token.json.previous",
            "echo 1 >empty/token.json",
        ]
    )
    func notTold(commands: String) throws {
        _ = watch.watch(try names(of: "link"))
        try shell(commands)
        #expect(!watch.takeChanges(), "after \(commands)")
    }

    @Test("A directory by whose link a whole set of files is replaced at once, as Kubernetes does it, is one of the names")
    func linkedDirectory() throws {
        try shell("mkdir 1 2; echo 1 >1/token.json; echo 2 >2/token.json; ln -s 1 ..data; ln -s ..data/token.json set.json")
        #expect(watch.watch(try names(of: "set.json")) == .wholeFromNow)
        try shell("ln -s 2 ..new; mv -T ..new ..data")
        #expect(watch.takeChanges())
    }

    @Test("A directory that is made anew is watched from then on, and until then what happens is not told as a whole")
    func newDirectory() throws {
        let names = try names(of: "state/token.json")
        #expect(watch.watch(names) == .wholeFromNow)
        #expect(watch.watch(names) == .whole)
        try shell("rm -r state")
        #expect(watch.takeChanges())
        #expect(watch.watch(names) == .partial)
        try shell("mkdir state")
        #expect(watch.watch(names) == .wholeFromNow)
        #expect(watch.watch(names) == .whole)
        #expect(!watch.takeChanges())
        try shell("echo 2 >state/token.json")
        #expect(watch.takeChanges())
    }

    @Test("What is moved away with its directory is not watched any more")
    func movedAway() throws {
        let names = try names(of: "state/token.json")
        _ = watch.watch(names)
        try shell("mv state old; mkdir state")
        #expect(watch.watch(names) == .wholeFromNow)
        _ = watch.takeChanges()
        try shell("echo 2 >old/token.json")
        #expect(!watch.takeChanges())
    }

    @Test("A file system that does not tell, is not relied on")
    func silentFileSystem() throws {
        let state = folder.path("state")
        let made = DirectoryWatch(tellsChanges: { $0 != state })
        let watch = try #require(made)
        #expect(watch.watch(try names(of: "link")) == .partial)
        #expect(watch.watch(try names(of: "empty/token.json")) == .wholeFromNow)
    }

    @Test(
        "Which file system tells, is known by its kind",
        arguments: [("/proc", false), ("/sys", false), ("/dev/shm", true), ("/nowhere", false)])
    func kinds(directory: String, tells: Bool) throws {
        let watch = try #require(DirectoryWatch())
        #expect((watch.watch([directory: ["name"]]) != .partial) == tells)
    }

    @Test("It waits for something to happen, and no longer")
    func waits() async throws {
        _ = watch.watch(try names(of: "link"))
        let waiter = Task { [watch] in await watch.wait(atMost: .seconds(3600)) }
        try shell("echo 2 >state/token.json")
        try await waiter.value(orFail: "what happened")
        // Something that is not taken is still there.
        await watch.wait(atMost: .seconds(3600))
        #expect(watch.takeChanges())
        await watch.wait(atMost: .milliseconds(1))
        let cancelled = Task { [watch] in await watch.wait(atMost: .seconds(3600)) }
        cancelled.cancel()
        try await cancelled.value(orFail: "the end of a wait that was cancelled")
    }
}
