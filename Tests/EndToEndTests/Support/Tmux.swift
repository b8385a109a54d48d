import Foundation
import TestSupport

/// A real terminal: tmux on a socket of its own.
final class Tmux {
    private let socket = "netatmo-e2e-\(UUID().uuidString.prefix(8))"
    private let folder: TemporaryFolder

    /// Where the programs in it keep what they have to remember.
    var stateHome: String { folder.path("state") }

    /// Starts a shell command in a window of that size.
    init(_ command: String, columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        let configuration = folder.path("tmux.conf")
        try "set -g status off\nset -g escape-time 0\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        let script = folder.path("command.sh")
        // The window stays after the command, so that the test can look at what it left.
        try "\(command)\nsleep 600\n".write(toFile: script, atomically: true, encoding: .utf8)
        try run(
            ["-f", configuration, "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "/bin/bash \(script)"],
            environment: Program.environment(["XDG_STATE_HOME": folder.path("state")].merging(environment) { $1 })
        )
    }

    deinit {
        _ = try? run(["kill-server"])
    }

    /// What the screen shows.
    var screen: String {
        (try? run(["capture-pane", "-p"])) ?? ""
    }

    /// The title that the program, or what it shows, gave the terminal.
    func title() throws -> String {
        try run(["display-message", "-p", "#{pane_title}"])
    }

    /// Waits until the screen shows a text, and returns the screen.
    @discardableResult
    func waits(for text: String, within limit: Duration = .seconds(30)) async throws -> String {
        do {
            return try await until("the screen to show \(text)", within: limit) {
                let screen = screen
                return screen.contains(text) ? screen : nil
            }
        } catch {
            throw TimeLimitReached(description: "\(error)\n\(screen)")
        }
    }

    /// Waits until the screen no longer shows a text.
    func waits(forNo text: String) async throws {
        _ = try await until("the screen to lose \(text)") { screen.contains(text) ? nil : true }
    }

    /// Presses keys, by tmux's names.
    func press(_ keys: String...) throws {
        try run(["send-keys"] + keys)
    }

    /// Pastes a text in brackets, as a terminal does where the program asked for it.
    func paste(_ text: String) throws {
        try run(["set-buffer", text])
        try run(["paste-buffer", "-p", "-r"])
    }

    func resize(columns: Int, rows: Int) throws {
        try run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Closes the terminal under the program's feet.
    func closeTerminal() throws {
        try run(["kill-server"])
    }

    @discardableResult
    private func run(_ arguments: [String], environment: [String: String] = Program.environment()) throws -> String {
        try Command.run(["tmux", "-L", socket] + arguments, environment: environment, folder: folder)
    }
}
