import Foundation

/// A command that was run to its end.
///
/// By posix_spawn: Foundation's `Process` waits until everything that the command left behind has ended too, and tmux leaves
/// its server behind.
enum Command {
    struct Failed: Error {
        let arguments: [String]
        let code: Int32
    }

    /// Runs a command found in `PATH`, and returns what it wrote to its standard output.
    @discardableResult
    static func run(_ arguments: [String], environment: [String: String], folder: TemporaryFolder) throws -> String {
        let output = folder.path("output")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // The threads that tests run on have nearly all signals blocked, which a child would inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var child = pid_t()
        let code = withCStrings(arguments) { argv in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) {
                posix_spawnp(&child, arguments[0], &actions, &attributes, argv, $0)
            }
        }
        guard code == 0 else { throw Failed(arguments: arguments, code: code) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    private static func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
