import Glibc

/// A terminal of the test's own, with a program in it.
///
/// Everything waits for something to happen, until a deadline; nothing sleeps for luck. The program is killed, where it still runs,
/// with the value.
package final class PseudoTerminal {
    /// What did not happen.
    package struct Failure: Error, CustomStringConvertible {
        /// What it is, and what was there in its place.
        package let description: String
    }

    private static let patience = Duration.seconds(10)
    /// As many as a process has by default.
    private static let mostDescriptors: CInt = 1024

    private var screen: CInt
    private let reports: CInt
    private var output: [UInt8] = []
    private var reported: [UInt8] = []
    private var status: CInt?

    /// The number of the program that was started.
    package let child: Int32
    /// The modes before the program started.
    package let foundModes: TerminalModes

    /// Starts a program in a session of its own.
    ///
    /// - Parameters:
    ///   - command: Its path, and what it is told. What it writes to descriptor 3, if anything, are reports.
    ///   - environment: All of its environment.
    ///   - columns: The terminal's width.
    ///   - rows: The terminal's height.
    /// - Throws: ``Failure``
    package init(command: [String], environment: [String: String], columns: UInt16, rows: UInt16) throws {
        // By ioctl, because Glibc's module leaves out posix_openpt and its relatives.
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var number: CInt = 0
        var locked: CInt = 0
        guard screen >= 0, ioctl(screen, 0x4004_5431, &locked) == 0, ioctl(screen, 0x8004_5430, &number) == 0 else {
            throw Failure(description: "no pseudo terminal")
        }
        var pipeEnds: [CInt] = [-1, -1]
        guard pipe(&pipeEnds) == 0 else { throw Failure(description: "no pipe") }
        reports = pipeEnds[0]
        _ = fcntl(pipeEnds[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(pipeEnds[1], F_SETFD, FD_CLOEXEC)
        Self.setSize(of: screen, columns: columns, rows: rows)
        foundModes = Self.modes(of: screen)
        defer { close(pipeEnds[1]) }
        child = try Self.spawn(command, terminal: "/dev/pts/\(number)", reports: pipeEnds[1], environment: environment)
    }

    deinit {
        if status == nil {
            kill(-child, SIGKILL)
            kill(child, SIGKILL)
            var ignored: CInt = 0
            waitpid(child, &ignored, 0)
        }
        if screen >= 0 { close(screen) }
        close(reports)
    }

    private static func setSize(of descriptor: CInt, columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    /// In a session of its own, whose controlling terminal is the first one it opens.
    private static func spawn(_ command: [String], terminal: String, reports: CInt, environment: [String: String]) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        let flags = CInt(POSIX_SPAWN_SETSIGDEF) | CInt(POSIX_SPAWN_SETSIGMASK) | 0x80  // POSIX_SPAWN_SETSID
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        posix_spawn_file_actions_adddup2(&actions, reports, 3)
        // A connection of another test would not end as long as a child has it too.
        for descriptor in 4..<Self.mostDescriptors { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var argv = command.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, command[0], &actions, &attributes, &argv, &envp)
        guard result == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(result)))") }
        return child
    }

    // MARK: What the user does

    /// Types a text.
    package func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let written = bytes[sent...].withUnsafeBytes { write(screen, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            sent += written
        }
    }

    /// Gives it another size.
    package func resize(columns: UInt16, rows: UInt16) {
        // The kernel sends SIGWINCH to the group in the foreground.
        Self.setSize(of: screen, columns: columns, rows: rows)
    }

    /// Closes it under the program's feet.
    package func hangUp() {
        close(screen)
        screen = -1
    }

    /// The test's end of the terminal.
    package var descriptor: Int32 { screen }

    /// The modes as they are now.
    package var modes: TerminalModes { Self.modes(of: screen) }

    private static func modes(of descriptor: CInt) -> TerminalModes {
        var modes = termios()
        tcgetattr(descriptor, &modes)
        return TerminalModes(modes)
    }

    // MARK: What the program does

    /// The next line of what the program reports.
    package func nextReport() throws -> String {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let end = reported.firstIndex(of: 0x0A) {
                defer { reported.removeSubrange(...end) }
                return String(decoding: reported[..<end], as: UTF8.self)
            }
            try waitForMore(deadline, "a report")
        }
    }

    /// Waits until `text` is on the terminal; returns what was written up to its end and takes it away.
    @discardableResult
    package func wait(for text: String) throws -> String {
        let deadline = ContinuousClock.now + Self.patience
        let wanted = Array(text.utf8)
        while true {
            if let end = output.firstRange(of: wanted)?.upperBound {
                defer { output.removeSubrange(..<end) }
                return String(decoding: output[..<end], as: UTF8.self)
            }
            try waitForMore(deadline, "'\(text)'")
        }
    }

    /// All that was written until now and not taken yet, as text.
    package func takeOutput() -> String {
        String(decoding: takeBytes(), as: UTF8.self)
    }

    /// All that was written until now and not taken yet.
    package func takeBytes() -> [UInt8] {
        while readWhatIsThere(timeout: 0) {}
        defer { output = [] }
        return output
    }

    /// The exit code, or the number of the signal, negative; `nil` while it runs. Says nothing of a stop.
    package var end: Int? {
        var now: CInt = 0
        if status == nil, waitpid(child, &now, WNOHANG) == child { status = now }
        return status.map { $0 & 0x7F == 0 ? Int($0 >> 8) & 0xFF : -Int($0 & 0x7F) }
    }

    /// Waits for the end of the program; the exit code, or the number of the signal, negative.
    package func exitCode() throws -> Int {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let end {
                _ = readWhatIsThere(timeout: 0)
                return end
            }
            guard ContinuousClock.now < deadline else { throw Failure(description: "the program did not end") }
            _ = readWhatIsThere(timeout: 10)
        }
    }

    private func waitForMore(_ deadline: ContinuousClock.Instant, _ what: String) throws {
        let left = ContinuousClock.now.duration(to: deadline)
        let milliseconds = CInt(clamping: left.components.seconds * 1000 + 1)
        guard left > .zero, readWhatIsThere(timeout: milliseconds) else {
            let seen = String(decoding: output.suffix(400), as: UTF8.self).debugDescription
            throw Failure(
                description: "\(what) did not come; the terminal shows \(seen), reports \(String(decoding: reported, as: UTF8.self))")
        }
    }

    /// Reads once from each descriptor that has something; false where there was nothing.
    private func readWhatIsThere(timeout: CInt) -> Bool {
        var descriptors = [pollfd(fd: screen, events: Int16(POLLIN), revents: 0), pollfd(fd: reports, events: Int16(POLLIN), revents: 0)]
        if status != nil { descriptors[1].events = 0 }
        guard poll(&descriptors, 2, timeout) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65536)
        var isAlive = false
        for descriptor in descriptors where descriptor.revents & Int16(POLLIN) != 0 {
            let count = read(descriptor.fd, &buffer, buffer.count)
            guard count > 0 else { continue }
            isAlive = true
            if descriptor.fd == screen { output += buffer[..<count] } else { reported += buffer[..<count] }
        }
        return isAlive
    }
}
