package import FoundationEssentials
import Glibc

/// A program that this one starts: with nothing of it but what it is given.
package struct ChildProcess: Sendable {
    package let processID: Int32

    /// Starts a program in a process group of its own, without a shell. It reads and writes nothing, and inherits no open file and no
    /// signal that is blocked or ignored here.
    ///
    /// - Parameters:
    ///   - arguments: The program first: its path, or its name, which is looked for in this process's `PATH`.
    ///   - environment: All that it gets.
    /// - Throws: ``FileError``
    package init(starting arguments: [String], environment: [String: String]) throws(FileError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // NIO's sockets and queues are open for a child too: one that lives on would keep the port taken after this program's end.
        for descriptor in Self.openDescriptors where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // Dispatch's threads have nearly all signals blocked, and this program ignores some: a child would inherit both.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        sigaddset(&ignored, SIGPIPE)
        sigaddset(&ignored, SIGXFSZ)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var child = pid_t()
        let code = withCStrings(arguments) { argv in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawnp(&child, argv[0] ?? strdup(""), &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw FileError(operation: "run it", code: code) }
        processID = child
    }

    /// Those of this process; one that is closed meanwhile does no harm.
    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    /// How a process ended.
    package enum Ending: Sendable, Hashable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    /// How it ended; `nil` as long as it runs. To be asked until it says so.
    package func ending(waiting: Bool = false) -> Ending? {
        var status: Int32 = 0
        while true {
            let ended = waitpid(processID, &status, waiting ? 0 : WNOHANG)
            if ended < 0, errno == EINTR { continue }
            guard ended != 0 else { return nil }
            let signal = status & 0x7F
            return ended < 0 ? .exited(0) : signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
        }
    }

    /// How often it is looked at whether it has ended, at most and at least.
    private static let looks = Duration.milliseconds(5)...Duration.milliseconds(200)

    /// Waits until it has ended. One that takes longer is asked to, with all that it started, and ended where it doesn't.
    ///
    /// - Parameters:
    ///   - start: When it was started, by the clock's uptime.
    ///   - patience: How long it may take from then on.
    ///   - grace: How long it may take from then on.
    /// - Returns: How it ended, and whether it was made to; `nil` where the task was cancelled: it is left alone then.
    package func wait(
        since start: TimeInterval, patience: Duration, grace: Duration = .seconds(2), clock: any WallClock
    ) async -> (ending: Ending, wasMadeTo: Bool)? {
        var asked = false
        var pause = Self.looks.lowerBound
        while true {
            if let ending = ending() { return (ending, asked) }
            let passed = Duration.seconds(clock.uptime - start)
            if passed >= patience + grace {
                kill(-processID, SIGKILL)
                return ending(waiting: true).map { ($0, true) }
            }
            if passed >= patience, !asked {
                kill(-processID, SIGTERM)
                asked = true
            }
            let rest = (asked ? patience + grace : patience) - passed
            guard (try? await Task.sleep(for: min(pause, rest))) != nil else { return nil }
            pause = min(pause * 2, Self.looks.upperBound)
        }
    }
}

/// Calls `body` with an array of C strings that ends with `nil`, as `argv` and `envp` do.
package func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
