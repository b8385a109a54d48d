import Testing

extension EndToEnd {
    @Suite("The command line")
    struct CommandLineTests {
        private func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> (
            code: Int32, errors: String, output: String
        ) {
            let process = try ChildProcess(arguments, environment: environment)
            let code = try await process.exitCode()
            return (code, process.errors, process.output)
        }

        @Test("without a terminal the dashboard names serve and ends with 1")
        func noTerminal() async throws {
            let (code, errors, _) = try await run()
            #expect(code == 1)
            #expect(errors.contains("netatmo-dashboard serve"))
            #expect(errors.split(separator: "\n").count == 1)
        }

        @Test("the demo needs a terminal too")
        func demoWithoutTerminal() async throws {
            #expect(try await run("demo").code == 1)
        }

        @Test(
            "a wrong value is one line that names the option, and exit code 64",
            arguments: [
                ["--refresh-interval", "soon"], ["--refresh-interval", "8"], ["--addr", "9210"], ["--log-level", "loud"],
                ["--age-stale", "1m"], ["--external-url", "example.org"], ["--client-secret-file", "/nonexistent"],
            ]
        )
        func wrongValue(_ arguments: [String]) async throws {
            let process = try ChildProcess(["serve"] + arguments)
            #expect(try await process.exitCode() == 64)
            #expect(process.errors.contains(arguments[0]))
            #expect(process.errors.split(separator: "\n").count == 1, "\(process.errors)")
        }

        @Test(
            "a wrong value of the demo is refused in the same way, before it looks for a terminal",
            arguments: [["--addr", "9210"], ["--token-lifetime", "long"], ["--time", "yesterday"], ["--modules", "-1"]]
        )
        func wrongDemoValue(_ arguments: [String]) async throws {
            let (code, errors, _) = try await run("demo", arguments[0] + "=" + arguments[1])
            #expect(code == 64)
            #expect(errors.contains(arguments[0]))
            #expect(errors.split(separator: "\n").count == 1, "\(errors)")
        }

        @Test("a missing client id is one line that names it, and exit code 64")
        func missing() async throws {
            let (code, errors, _) = try await run("serve")
            #expect(code == 64)
            #expect(errors.contains("--client-id (or NETATMO_CLIENT_ID)"))
            #expect(errors.split(separator: "\n").count == 1)
        }

        @Test("an unknown option is refused with exit code 64")
        func unknownOption() async throws {
            #expect(try await run("serve", "--no-such-thing").code == 64)
        }

        @Test(
            "where /proc is not mounted it says so in one line and ends with 64, and does not run as if nothing had been asked for",
            .enabled(if: Privileges.areRoots, "needs root, to take /proc away"), arguments: [["--version"], ["serve", "--help"], []]
        )
        func withoutProc(_ arguments: [String]) async throws {
            let hidden = #"mount -t tmpfs tmpfs /proc && exec "$@""#
            let process = try ChildProcess(
                executable: "unshare", ["-m", "--propagation", "private", "sh", "-c", hidden, "sh", try Program.path] + arguments)
            #expect(try await process.exitCode() == 64)
            #expect(process.output.isEmpty)
            #expect(process.errors == "netatmo-dashboard: /proc: expected to be mounted, since the command line is read from there\n")
        }

        @Test("--version and --help say what they should")
        func help() async throws {
            let version = try await run("--version")
            #expect(version.code == 0)
            #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+ \(([0-9a-f]{12}|unknown)\)\n/) != nil, "\(version.output)")
            let help = try await run("serve", "--help")
            for option in [
                "--addr", "--age-stale", "--client-id", "--client-secret", "--client-secret-file", "--debug-handlers", "--external-url",
                "--log-level", "--refresh-interval", "--token-file", "--api-url", "--renew-expired", "--insecure-api", "127.0.0.1:9210",
            ] {
                #expect(help.output.contains(option), "\(option)")
            }
        }
    }
}
