import Foundation
import TestSupport

/// A page as Debian's Chromium shows it, without a window.
enum Chromium {
    struct Page {
        /// The document after its scripts ran.
        let html: String
        /// What the browser's console said: errors of scripts, and breaches of the page's policy.
        let complaints: [String]

        /// What is to be read, without the tags.
        var text: String {
            html.replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
        }
    }

    /// By its number among Chromium's settings.
    enum ColourScheme: Int, CaseIterable {
        case dark = 0
        case light = 1
    }

    /// Opens a page.
    ///
    /// - Parameters:
    ///   - address: Its address.
    ///   - virtualMilliseconds: How long it runs, in the browser's own time, which stands still while an answer is waited for and
    ///     else does not wait at all.
    ///   - host: A name that leads to this machine.
    ///   - scheme: Which colours its user prefers.
    ///   - limit: How long it may take in ours.
    static func open(
        _ address: String, virtualMilliseconds: Int = 2_000, mapping host: String? = nil, scheme: ColourScheme = .light,
        within limit: Duration = .seconds(60)
    ) async throws -> Page {
        let folder = try TemporaryFolder()
        let arguments =
            [
                "chromium", "--headless", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--user-data-dir=\(folder.path("profile"))", "--enable-logging=stderr",
                "--virtual-time-budget=\(virtualMilliseconds)", "--blink-settings=preferredColorScheme=\(scheme.rawValue)", "--dump-dom",
            ] + (host.map { ["--host-resolver-rules=MAP \($0) 127.0.0.1"] } ?? []) + [address]
        let (output, errors) = try await ProcessGroup.run(arguments, folder: folder, within: limit)
        let complaints = errors.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
        return Page(html: output, complaints: complaints)
    }
}

/// A command with all its children, none of which outlives it.
enum ProcessGroup {
    /// Runs a command found in `PATH`, and returns what it wrote. What is left of its group at the end, or when time is up, is killed.
    static func run(_ arguments: [String], folder: TemporaryFolder, within limit: Duration) async throws -> (output: String, errors: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = Program.environment()
        process.standardInput = FileHandle.nullDevice
        let files = try ["out", "err"].map { name in
            _ = FileManager.default.createFile(atPath: folder.path(name), contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path(name)))
        }
        (process.standardOutput, process.standardError) = (files[0], files[1])
        try process.run()
        // Foundation starts each process in a group of its own, whose number is that of the process.
        defer { kill(-process.processIdentifier, SIGKILL) }
        _ = try await until("\(arguments[0]) to end", within: limit) { process.isRunning ? nil : true }
        let texts = try ["out", "err"].map { try String(contentsOfFile: folder.path($0), encoding: .utf8) }
        return (texts[0], texts[1])
    }
}
