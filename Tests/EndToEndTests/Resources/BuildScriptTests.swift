import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The script on a played SwiftPM, which prints what it is told to.
    @Suite("How a build says how far it is")
    struct BuildScriptTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            try write(".build/checkouts/swift-nio/Sources/NIOCore/a.swift", "")
            try write(".build/checkouts/swift-nio-ssl/Sources/CNIOBoringSSL/a.cc", "")
            // Another one asks for it, and its folder has another name.
            try write(".build/checkouts/a-package/Package.swift", "dependencies: [.product(\n  name: \"SystemPackage\", package: \"x\")]")
            try write(".build/checkouts/swift-system/Package.swift", ".library(name: \"SystemPackage\", targets: [\"SystemPackage\"])")
            try write("Sources/Engine/a.swift", "")
            let linked = ["NIOCore", "CNIOBoringSSL", "SystemPackage", "Engine"].map { "\"/x/\($0).build/a.swift.o\"" }
            try write(".build/debug.yaml", "    inputs: [\(linked.joined(separator: ",")),\"/x/Objects.LinkFileList\"]\n")
        }

        private func write(_ path: String, _ text: String) throws {
            let url = folder.url.appendingPathComponent(path)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: false, encoding: .utf8)
        }

        /// What the script says of a build that prints these lines, and its exit code.
        private func build(_ lines: [String], code: Int = 0) async throws -> (code: Int32, lines: [String]) {
            try write("lines", lines.joined(separator: "\n") + "\n")
            try write("swift", "#!/bin/sh\necho \"swift $*\"\necho \"commit ${BUILD_COMMIT-none}\"\ncat lines\nexit \(code)\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("swift"))
            let script = Sources.root.appendingPathComponent(".make/build").path
            let process = try ChildProcess(
                executable: "sh", ["-c", "cd \"$0\" && exec \"$1\" ./swift --product netatmo-dashboard", folder.url.path, script],
                environment: ["GIT_CEILING_DIRECTORIES": folder.url.deletingLastPathComponent().path])
            let code = try await process.exitCode()
            return (code, process.output.split(separator: "\n").map(String.init))
        }

        @Test("by steps, and by which package of how many; ours is none of them")
        func steps() async throws {
            let (code, lines) = try await build([
                "Fetching https://example.org/apple/swift-nio.git", "Fetched https://example.org/apple/swift-nio.git from cache (1.2s)",
                "Building for debugging...", "[0/9] Write sources", "[1/9] Compiling NIOCore A.swift", "[2/9] Compiling NIOCore B.swift",
                "[3/9] Compiling CNIOBoringSSL a.cc", "[4/9] Emitting module SystemPackage", "[5/9] Compiling Engine A.swift",
                "[9/9] Linking netatmo-dashboard", "Build of product 'netatmo-dashboard' complete! (3.0s)",
            ])
            #expect(code == 0)
            #expect(
                lines.dropFirst(2).map { $0.replacing(/in \d+ s/, with: "in N s") } == [
                    "Fetching swift-nio", "Building step 1 of 9: swift-nio, package 1 of 3",
                    "Building step 3 of 9: swift-nio-ssl, package 2 of 3",
                    "Building step 4 of 9: swift-system, package 3 of 3", "Building step 5 of 9: netatmo-dashboard", "Built in N s",
                ])
        }

        @Test("errors and warnings as they are, with SwiftPM's exit code, and never that it is built")
        func failure() async throws {
            let (code, lines) = try await build(
                [
                    "[1/9] Compiling Engine A.swift", "/x/A.swift:1:2: error: no such thing", " 1 | let a = b",
                    "warning: 'x': found 1 file(s) which are unhandled; explicitly declare them",
                    "    /x/.build/checkouts/x/CMakeLists.txt",
                    "/x/A.swift:3:4: warning: never used",
                ], code: 3)
            #expect(code == 3)
            #expect(
                lines.dropFirst(2) == [
                    "Building step 1 of 9: netatmo-dashboard", "/x/A.swift:1:2: error: no such thing", " 1 | let a = b",
                    "/x/A.swift:3:4: warning: never used",
                ])
        }

        @Test("without an index of the sources, with the options that it was given, and with the commit where there is one")
        func options() async throws {
            let (_, lines) = try await build(["Build complete! (0.1s)"])
            #expect(lines == ["swift build --disable-index-store --product netatmo-dashboard", "commit none"])
            let git = try Command.run(
                [
                    "sh", "-c",
                    "cd '\(folder.url.path)' && git init -q && git -c user.name=a -c user.email=a@example.org -c commit.gpgsign=false commit -q --allow-empty -m a && "
                        + "git rev-parse HEAD",
                ], environment: Program.environment(["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]), folder: folder)
            let (_, later) = try await build([])
            #expect(later.last == "commit \(git.trimmingCharacters(in: .newlines))")
        }
    }
}
