import Glibc
import OperatingSystem
import Synchronization

/// A child of this process, by posix_spawn, whose standard error is collected.
///
/// It begins with no signal blocked or ignored: the threads that tests run on have nearly all of them blocked, which a child would
/// inherit.
/// It is killed, where it still runs, with the value.
package final class SpawnedProcess: Sendable {
    /// How a process ended.
    package enum End: Sendable, Hashable {
        /// By itself, with this exit code.
        case exited(code: Int32)
        /// By this signal.
        case killed(signal: Int32)
    }

    /// There is no such program, or no process to be had.
    package struct Failed: Error, CustomStringConvertible {
        /// What was to be run.
        package let arguments: [String]
        /// The `errno`.
        package let code: Int32

        /// Names the program.
        package var description: String { "can't run \(arguments.first ?? "nothing"): errno \(code)" }
    }

    /// Its number, which is nobody else's before its end has been asked for.
    package let processID: Int32
    private let standardError: PipeText
    private let knownEnd = Mutex<End?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: Its path, or its name, which is looked up in `PATH`, and what it is told.
    ///   - environment: All of its environment.
    ///   - input: The file that it reads as its standard input; without it, there is nothing to be read.
    ///   - output: The file that its standard output goes to; without it, nowhere.
    /// - Throws: ``Failed``
    package init(
        _ arguments: [String], environment: [String: String] = BuiltProgram.environment(), input: String? = nil, output: String? = nil
    ) throws(Failed) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failed(arguments: arguments, code: errno) }
        // What Foundation starts meanwhile, such as a browser, would keep it open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        do throws(Failed) {
            processID = try Self.spawn(arguments, environment: environment, input: input, output: output, standardError: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        standardError = PipeText(descriptor: ends[0])
    }

    deinit {
        guard end == nil else { return }
        kill(processID, SIGKILL)
        _ = wait(options: 0)
    }

    /// The lines that it has written to its standard error so far; all of it, once it has ended.
    package var errors: String {
        guard end != nil else { return standardError.lines }
        standardError.waitForEnd()
        return standardError.text
    }

    /// How it ended; `nil` while it runs.
    package var end: End? {
        knownEnd.withLock { known in
            if known == nil { known = wait(options: WNOHANG) }
            return known
        }
    }

    /// Sends a signal, unless it has ended.
    package func signal(_ number: Int32) {
        knownEnd.withLock { known in
            if known == nil { kill(processID, number) }
        }
    }

    /// Kills it by SIGKILL, and returns once it is dead.
    ///
    /// - Returns: How it ended, which may have been by itself.
    @discardableResult
    package func killNow() -> End? {
        knownEnd.withLock { known in
            if known == nil {
                kill(processID, SIGKILL)
                known = wait(options: 0)
            }
            return known
        }
    }

    /// Waits for its end, however long that takes, with the thread that calls.
    package func waitForEnd() {
        knownEnd.withLock { known in
            if known == nil { known = wait(options: 0) }
        }
    }

    /// Waits for its end.
    ///
    /// - Throws: ``TimeLimitReached``
    package func end(within limit: Duration) async throws -> End {
        try await until("the end of process \(processID)", within: limit, every: .milliseconds(5)) { end }
    }

    private func wait(options: Int32) -> End? {
        var status: Int32 = 0
        var result = waitpid(processID, &status, options)
        while result < 0, errno == EINTR { result = waitpid(processID, &status, options) }
        guard result == processID else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? .exited(code: (status >> 8) & 0xff) : .killed(signal: signal)
    }

    /// As many as a process has by default.
    private static let mostDescriptors: Int32 = 1024

    private static func spawn(
        _ arguments: [String], environment: [String: String], input: String?, output: String?, standardError: Int32
    ) throws(Failed) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
        // A connection of another test would not end as long as a child has it too.
        for descriptor in 3..<Self.mostDescriptors { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        // Whoever runs the tests may ignore some, as shells do for jobs in the background.
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        var child = pid_t()
        let code = withCStrings(arguments) { argv in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) {
                posix_spawnp(&child, arguments.first ?? "", &actions, &attributes, argv, $0)
            }
        }
        guard code == 0 else { throw Failed(arguments: arguments, code: code) }
        return child
    }
}
