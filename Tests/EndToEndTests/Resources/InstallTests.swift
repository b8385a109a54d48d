import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("make install")
    struct InstallTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        /// The debug program stands in for the release one, which takes long to build.
        private func install(program: String, prefix: String) throws -> ChildProcess {
            try ChildProcess(
                executable: "make",
                [
                    "-C", Sources.root.path, "install", "RELEASE_PROGRAM=\(program)", "DESTDIR=\(folder.path("image"))",
                    "PREFIX=\(prefix)",
                ]
            )
        }

        @Test("puts the program, what ships with it, and a unit that starts that program, where it was told to")
        func install() async throws {
            let make = try install(program: Program.path, prefix: "/opt/netatmo")
            #expect(try await make.exitCode() == 0, "\(make.errors)")
            let prefix = folder.path("image/opt/netatmo")
            let program = try ChildProcess(executable: "\(prefix)/bin/netatmo-dashboard", ["--version"])
            #expect(try await program.exitCode() == 0)
            for name in try FileManager.default.subpathsOfDirectory(atPath: Sources.resources.path) where !name.hasSuffix(".service") {
                let resource = Sources.resource(name)
                guard !resource.hasDirectoryPath else { continue }
                let place =
                    switch resource.pathExtension {
                    case "conf": "lib/sysusers.d"
                    case "socket": "lib/systemd/system"
                    default: "share/netatmo-dashboard"
                    }
                #expect(FileManager.default.contentsEqual(atPath: "\(prefix)/\(place)/\(name)", andPath: resource.path), "\(name)")
            }
            let unit = try String(contentsOfFile: "\(prefix)/lib/systemd/system/netatmo-dashboard.service", encoding: .utf8)
            #expect(unit.contains("\nExecStart=/opt/netatmo/bin/netatmo-dashboard serve\n"))
            #expect(unit.contains("\nEnvironment=NETATMO_RENEW_EXPIRED=true\n"))
            #expect(!unit.contains("/usr/local"))
        }

        @Test("puts completions that the program made, and a page of the manual for each command with its options, its codes and its files")
        func manual() async throws {
            let make = try install(program: Program.path, prefix: "/opt/netatmo")
            #expect(try await make.exitCode() == 0, "\(make.errors)")
            let share = folder.path("image/opt/netatmo/share")
            for place in [
                "bash-completion/completions/netatmo-dashboard", "zsh/site-functions/_netatmo-dashboard",
                "fish/vendor_completions.d/netatmo-dashboard.fish",
            ] {
                #expect(try String(contentsOfFile: "\(share)/\(place)", encoding: .utf8).contains("client-secret-file"), "\(place)")
            }
            for command in [
                "", "-attach", "-config", "-dashboard", "-demo", "-history", "-history-export", "-resources", "-serve", "-simulate",
                "-status",
            ] {
                let page = "\(share)/man/man1/netatmo-dashboard\(command).1.gz"
                #expect(FileManager.default.fileExists(atPath: page), "\(page)")
            }
            let documentation = Sources.root.appendingPathComponent("Sources/netatmo-dashboard/Documentation").path
            for file in try FileManager.default.contentsOfDirectory(atPath: documentation)
            where !["CHANGELOG.md", "CONTRIBUTING.md"].contains(file) {
                let topic = "netatmo-dashboard-\(file.replacing(".md", with: ""))"
                #expect(FileManager.default.fileExists(atPath: "\(share)/man/man7/\(topic).7.gz"), "\(topic)")
            }
            let serve = try Command.run(
                ["gzip", "-dc", "\(share)/man/man1/netatmo-dashboard-serve.1.gz"], environment: Program.environment(), folder: folder)
            for text in [
                #"\fB\-\-refresh\-interval\fR \fIREFRESH_INTERVAL\fR"#, #"\fBNETATMO_REFRESH_INTERVAL\fR"#, #".SH "EXIT STATUS""#,
                #"/etc/netatmo\-dashboard/client\-secret"#, #".SH "SEE ALSO""#,
            ] {
                #expect(serve.contains(text), "\(text)")
            }
        }

        @Test("completes the words of an option that takes one of a few, and the names of files")
        func words() throws {
            let completions = try Command.run(
                [Program.path, "--generate-completion-script", "fish"], environment: Program.environment(), folder: folder)
            for words in [
                "auto light dark mono", "off bell osc9", "openmetrics csv json influx", "text json influx", "trace debug info warn",
            ] {
                #expect(completions.contains("-rfka '\(words)"), "\(words)")
            }
            #expect(completions.contains("grafana-dashboard.json"))
        }

        @Test("refuses a place that a unit could not name, before anything is installed", arguments: ["out", "/opt/my programs", ""])
        func oddPrefix(prefix: String) async throws {
            let make = try install(program: Program.path, prefix: prefix)
            #expect(try await make.exitCode() == 2)
            let lines = make.errors.split(separator: "\n").filter { !$0.hasPrefix("make: ") }
            #expect(lines == ["PREFIX=\(prefix): expected a path that begins with / and has no blank, which the unit could not name"])
            #expect(!FileManager.default.fileExists(atPath: folder.path("image")))
        }

        @Test("takes a prefix with a slash at its end, and its page of the manual names the unit of that prefix")
        func slash() async throws {
            let make = try install(program: Program.path, prefix: "/opt/netatmo/")
            #expect(try await make.exitCode() == 0, "\(make.errors)")
            let unit = folder.path("image/opt/netatmo/lib/systemd/system/netatmo-dashboard.service")
            #expect(try String(contentsOfFile: unit, encoding: .utf8).contains("\nExecStart=/opt/netatmo/bin/netatmo-dashboard serve\n"))
            let page = folder.path("image/opt/netatmo/share/man/man1/netatmo-dashboard-serve.1.gz")
            let serve = try Command.run(["gzip", "-dc", page], environment: Program.environment(), folder: folder)
            #expect(serve.contains("/opt/netatmo/lib/systemd/system/"))
        }

        @Test("builds nothing: where there is no release program, one line says what to run first, and nothing is installed")
        func withoutProgram() async throws {
            let make = try install(program: folder.path("missing"), prefix: "/opt/netatmo")
            #expect(try await make.exitCode() == 2)
            let lines = make.errors.split(separator: "\n").filter { !$0.hasPrefix("make: ") }
            #expect(lines == ["\(folder.path("missing")) is not there: run make release first"])
            #expect(!FileManager.default.fileExists(atPath: folder.path("image")))
        }
    }
}
