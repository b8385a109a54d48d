import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The script on a played test program.
    @Suite("How tests are run")
    struct TestScriptTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            try write("swift", "echo '\(folder.url.path)'")
        }

        private func write(_ name: String, _ script: String) throws {
            try "#!/bin/sh\n\(script)\n".write(to: folder.url.appendingPathComponent(name), atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path(name))
        }

        /// Starts the script on a test program that is this one.
        private func start(_ program: String, _ arguments: [String]) throws -> ChildProcess {
            try write("netatmo-dashboardPackageTests.xctest", "cd '\(folder.url.path)'\n\(program)")
            let script = Sources.root.appendingPathComponent(".make/test").path
            return try ChildProcess(executable: script, [folder.path("swift")] + arguments)
        }

        @Test("what failed is said last once more, without colours")
        func failures() async throws {
            let failure = #"\033[91m✘\033[0m Test "a" recorded an issue at A.swift:1:2: Expectation failed"#
            let process = try start("printf '\(failure)\\nmore\\n'; exit 1", ["--filter", "a"])
            #expect(try await process.exitCode() == 1)
            let line = "✘ Test \"a\" recorded an issue at A.swift:1:2: Expectation failed"
            #expect(process.output == "\(line)\nmore\nFailed:\n\(line)\n")
        }

        @Test("one that ends by a signal is a failure, and what passes says no more than it prints")
        func codes() async throws {
            let passed = try start("echo \"$@ $SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH\"", ["--skip", "a|b"])
            #expect(try await passed.exitCode() == 0)
            #expect(passed.output == "--testing-library swift-testing --skip a|b 8\n")
            let crashed = try start("echo 'Fatal error: x'; kill -SEGV $$", ["--skip", "a"])
            #expect(try await crashed.exitCode() == 128 + SIGSEGV)
            #expect(crashed.output.hasSuffix("Failed:\nFatal error: x\n"))
        }

        @Test("where it is interrupted no test runs on", arguments: [SIGINT, SIGTERM])
        func interrupted(signal: Int32) async throws {
            let process = try start("echo $$; exec sleep 1000", ["--filter", "one"])
            let running = try await until("its start") { process.output.hasSuffix("\n") ? process.output.dropLast() : nil }
            process.signal(signal)
            #expect(try await process.exitCode() != 0)
            // One that nobody asks for its end is a zombie.
            try await until("its end") {
                (try? String(contentsOfFile: "/proc/\(running)/stat", encoding: .utf8))?.contains(") Z ") ?? true ? () : nil
            }
        }
    }
}
