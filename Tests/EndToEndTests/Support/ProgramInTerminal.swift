import Foundation
import TestSupport

/// The program in a terminal of the test's own, whose every byte the test sees.
final class ProgramInTerminal {
    private let terminal: PseudoTerminal
    private let folder: TemporaryFolder
    private var bytes: [UInt8] = []
    private var drawn: TerminalPicture

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - arguments: What it is told.
    ///   - environment: What is added to the tests' own.
    convenience init(
        _ arguments: [String], environment: [String: String] = ["TERM": "xterm-256color"], columns: UInt16 = 120, rows: UInt16 = 36
    ) throws {
        try self.init(command: [Program.path] + arguments, environment: environment, columns: columns, rows: rows)
    }

    /// Starts a command that starts it.
    init(command: [String], environment: [String: String], columns: UInt16 = 120, rows: UInt16 = 36) throws {
        folder = try TemporaryFolder()
        let variables = Program.environment(["XDG_STATE_HOME": folder.path("state")].merging(environment) { $1 })
        terminal = try PseudoTerminal(command: command, environment: variables, columns: columns, rows: rows)
        drawn = TerminalPicture(columns: Int(columns), rows: Int(rows))
    }

    /// What the terminal shows now.
    var picture: TerminalPicture {
        readOutput()
        return drawn
    }

    /// All that was written to the terminal.
    var output: [UInt8] {
        readOutput()
        return bytes
    }

    var processID: Int32 { terminal.child }
    /// The modes before the program started, and now.
    var foundModes: TerminalModes { terminal.foundModes }
    var modes: TerminalModes { terminal.modes }

    private func readOutput() {
        let new = terminal.takeBytes()
        bytes += new
        drawn.write(new)
    }

    func type(_ text: String) { terminal.send(text) }
    func hangUp() { terminal.hangUp() }

    /// Types more than the terminal holds, as fast as it is taken.
    func flood(_ text: String) async throws {
        let descriptor = terminal.descriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(descriptor, F_SETFL, flags) }
        var rest = Array(text.utf8)[...]
        _ = try await until("what was typed to be taken", every: .milliseconds(1)) {
            readOutput()
            let count = rest.prefix(4096).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            rest = rest.dropFirst(max(count, 0))
            return rest.isEmpty ? true : nil
        }
    }

    func resize(columns: UInt16, rows: UInt16) {
        readOutput()
        drawn.resize(columns: Int(columns), rows: Int(rows))
        terminal.resize(columns: columns, rows: rows)
    }

    /// Sends a signal to the whole process, which has not been waited for yet.
    func signal(_ number: Int32) { kill(processID, number) }

    /// Sends a signal to its first thread alone; false where that could not be done.
    func signalFirstThread(_ number: Int32) -> Bool {
        // Glibc's module leaves it out.
        guard let function = dlsym(nil, "tgkill") else { return false }
        typealias Function = @convention(c) (pid_t, pid_t, Int32) -> Int32
        return unsafeBitCast(function, to: Function.self)(processID, processID, number) == 0
    }

    /// Waits until the terminal shows what is wanted.
    func shows(_ what: String, _ isWanted: (TerminalPicture) -> Bool) async throws {
        do {
            _ = try await until("the terminal to show \(what)", within: .seconds(20), every: .milliseconds(5)) {
                isWanted(picture) ? true : nil
            }
        } catch {
            throw TimeLimitReached(description: "\(error); it shows:\n\(drawn.text)")
        }
    }

    /// Waits until the terminal shows a text.
    func shows(_ text: String) async throws {
        try await shows(text) { $0.text.contains(text) }
    }

    /// Waits for its end; gives the exit code, or the number of the signal, negative.
    func exitCode() async throws -> Int {
        defer { readOutput() }
        return try await until("its end", within: .seconds(20), every: .milliseconds(5)) {
            readOutput()
            return terminal.end
        }
    }

    /// What the kernel knows of it, also after its end as long as that has not been asked for.
    var kernelView: KernelView { KernelView(processID: processID) }

    /// The time that it has had of all processors so far.
    func processorTime() throws -> Duration { try kernelView.processorTime() }

    /// What it is doing: see ``KernelView``.
    func state() throws -> String { try kernelView.state() }
}

/// What the kernel knows of a process, for any thread to ask.
struct KernelView: Sendable {
    let processID: Int32

    /// The time that it has had of all processors so far.
    func processorTime() throws -> Duration {
        let ticks = try statistics()[11...12].reduce(0) { $0 + (Int($1) ?? 0) }
        return .milliseconds(ticks * 1000 / sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What it is doing: "T" where it is stopped, "Z" where it has ended and that has not been asked for.
    func state() throws -> String {
        try statistics()[0]
    }

    /// The memory that it has in use.
    func residentMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        // One that has ended and was not asked for has none.
        guard let memory = status.firstMatch(of: /VmRSS:\s+(\d+) kB/).flatMap({ Int($0.1) }) else { throw POSIXError(.ESRCH) }
        return memory / 1024
    }

    /// The fields of the kernel's line about it, from the state on.
    private func statistics() throws -> [String] {
        let line = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        // Before them is a name in brackets, which may hold anything.
        return line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ").dropFirst().map(String.init)
    }
}
