import FoundationEssentials
import Glibc
import Screen
import OperatingSystem

/// Opens an address in the user's browser by `xdg-open`, where there is a display.
struct Browser: Sendable {
    let environment: [String: String]

    /// Variables that a browser has no business to see.
    private static let secrets: Set<String> = ["NETATMO_CLIENT_SECRET"]

    /// - Parameter url: An address without a secret: other users can see a command's arguments.
    func open(_ url: String) async throws(BrowserError) {
        let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0].map { !$0.isEmpty } ?? false }
        guard hasDisplay else { throw .noDisplay }
        guard isInstalled("xdg-open") else { throw .cannotRun("not installed") }
        // In a session of its own, so that it outlives this program and its signals do not reach the browser.
        try spawn(["setsid", "--fork", "xdg-open", url])
    }

    private func isInstalled(_ name: String) -> Bool {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Those of this process; one that is closed meanwhile does no harm.
    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    private func spawn(_ arguments: [String]) throws(BrowserError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // NIO's sockets and queues are open for a child too: a browser would keep the port taken after this program's end.
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
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let variables = environment.filter { !Self.secrets.contains($0.key) }.map { "\($0.key)=\($0.value)" }
        var child = pid_t()
        let code = withCStrings(arguments) { argv in
            withCStrings(variables) { envp in posix_spawnp(&child, arguments[0], &actions, &attributes, argv, envp) }
        }
        guard code == 0 else { throw .cannotRun(systemMessage(code)) }
        // setsid leaves at once; without this it would stay as a zombie.
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
    }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
