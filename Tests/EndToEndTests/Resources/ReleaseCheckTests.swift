import Foundation
import TestSupport
import Testing

/// A small repository with the script, that may become a release.
private final class ReleaseRepository {
    private let folder: TemporaryFolder
    /// When the next commit is made, in seconds since 1970.
    private var time = 1_795_000_000

    init() async throws {
        folder = try TemporaryFolder()
        try write(".make/release-check", String(contentsOf: Sources.root.appendingPathComponent(".make/release-check"), encoding: .utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path(".make/release-check"))
        try write(
            "Sources/netatmo-dashboard/BuildInformation+Current.swift",
            "let current = BuildInformation(version: \"1.2.3\", commit: \"\")\n")
        try write("Sources/netatmo-dashboard/Documentation/CHANGELOG.md", "# Changes\n\n## 1.2.3 (2026-11-29)\n\n- Something\n")
        try write("README.md", String(repeating: "\n", count: 200))
        try write("Sources/Screen/Help/HelpView.swift", "// A view\n")
        try write("screenshots/help.png", "a picture")
        try await git("init", "--quiet")
        try await commit()
    }

    func write(_ path: String, _ text: String) throws {
        let url = folder.url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: false, encoding: .utf8)
    }

    func replace(_ text: String, with other: String, in path: String) throws {
        try write(path, String(contentsOf: folder.url.appendingPathComponent(path), encoding: .utf8).replacing(text, with: other))
    }

    func git(_ arguments: String...) async throws {
        let identity = ["user.name=Test", "user.email=test@example.org", "commit.gpgsign=false", "tag.gpgsign=false"]
        let git = try ChildProcess(
            executable: "git", ["-C", folder.url.path] + identity.flatMap { ["-c", $0] } + arguments,
            environment: ["GIT_COMMITTER_DATE": "\(time) +0000", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"])
        #expect(try await git.exitCode() == 0, "\(git.errors)")
    }

    /// A minute behind the commit before.
    func commit() async throws {
        time += 60
        try await git("add", "--all")
        try await git("commit", "--quiet", "--message", "A change")
    }

    /// What the script says, and its exit code.
    func check() async throws -> (code: Int32, output: String, problems: [String]) {
        let script = try ChildProcess(executable: folder.path(".make/release-check"), [])
        let code = try await script.exitCode()
        return (code, script.output, script.errors.split(separator: "\n").map(String.init))
    }
}

extension EndToEnd {
    @Suite("make release-check")
    struct ReleaseCheckTests {
        @Test("lets a tree pass in which nothing is missing")
        func ready() async throws {
            let repository = try await ReleaseRepository()
            let (code, output, problems) = try await repository.check()
            #expect(code == 0 && output == "1.2.3 is ready: git tag v1.2.3\n", "\(problems)")
            // A picture that is taken with the change of its view, or behind it, is new enough.
            try repository.write("Sources/Screen/Help/HelpView.swift", "// Another view\n")
            try repository.write("screenshots/help.png", "another picture")
            try await repository.commit()
            #expect(try await repository.check().code == 0)
        }

        /// What stands in the way of a release.
        enum Obstacle: String, CaseIterable {
            case version, leadingZero, buildMetadata, noEntry, noDate, noSuchDay, unreleased, uncommitted, unknownFile, oldPicture,
                unknownPicture, longReadme, tag
        }

        @Test("names what stands in the way in a line, and ends with 1", arguments: Obstacle.allCases)
        func obstacle(_ obstacle: Obstacle) async throws {
            let repository = try await ReleaseRepository()
            let (version, changelog) = (
                "Sources/netatmo-dashboard/BuildInformation+Current.swift", "Sources/netatmo-dashboard/Documentation/CHANGELOG.md"
            )
            let said: String
            switch obstacle {
            case .version:
                try repository.replace("1.2.3", with: "1.2", in: version)
                try repository.replace("1.2.3", with: "1.2", in: changelog)
                said = "\(version): expected a version as semver has it, such as 1.2.3, found \"1.2\""
            case .leadingZero:
                try repository.replace("1.2.3", with: "1.02.3", in: version)
                try repository.replace("1.2.3", with: "1.02.3", in: changelog)
                said = "found \"1.02.3\""
            case .buildMetadata:
                try repository.replace("1.2.3", with: "1.2.3+4", in: version)
                try repository.replace("1.2.3", with: "1.2.3+4", in: changelog)
                said = "found \"1.2.3+4\""
            case .unreleased:
                try repository.replace("## 1.2.3", with: "## Unreleased\n\n- A change\n\n## 1.2.3", in: changelog)
                said = "\(changelog): has changes below ## Unreleased: they belong to 1.2.3, or it is not what is released"
            case .noEntry:
                try repository.replace("1.2.3", with: "1.2.4-rc.1", in: version)
                said = "\(changelog): expected an entry with its day, ## 1.2.4-rc.1 ("
            case .noDate:
                try repository.replace(" (2026-11-29)", with: "", in: changelog)
                said = "\(changelog): expected an entry with its day"
            case .noSuchDay:
                try repository.replace("11-29", with: "11-31", in: changelog)
                said = "\(changelog): expected an entry with its day"
            case .uncommitted, .unknownFile:
                said = "1 uncommitted changes"
            case .oldPicture:
                try repository.write("Sources/Screen/Help/HelpView.swift", "// Another view\n")
                said = "screenshots/help.png: is older than what it shows, Screen/Help: make screenshots PICTURES=help"
            case .unknownPicture:
                try repository.write("screenshots/moon.png", "a picture")
                said = "screenshots/moon.png: .make/release-check does not say what it shows"
            case .longReadme:
                try repository.write("README.md", String(repeating: "\n", count: 201))
                said = "README.md: has 201 lines, expected 200 at most"
            case .tag:
                try await repository.git("tag", "v1.2.3")
                said = "the tag v1.2.3 is there already"
            }
            switch obstacle {
            case .uncommitted: try repository.replace("Something", with: "Something else", in: changelog)
            case .unknownFile: try repository.write("note.txt", "")
            case .tag: break
            default: try await repository.commit()
            }
            let (code, output, problems) = try await repository.check()
            #expect(code == 1 && output.isEmpty, "\(output)")
            #expect(problems.count == 1 && problems.first?.contains(said) == true, "\(problems)")
        }

        @Test("says what a picture shows for each that there is")
        func pictures() throws {
            let script = try String(contentsOf: Sources.root.appendingPathComponent(".make/release-check"), encoding: .utf8)
            for folder in script.matches(of: /\b(?:Screen|Server)\/\w+/).map({ String($0.0) }) {
                #expect(FileManager.default.fileExists(atPath: Sources.root.appendingPathComponent("Sources/\(folder)").path), "\(folder)")
            }
            for picture in try FileManager.default.contentsOfDirectory(atPath: Sources.root.appendingPathComponent("screenshots").path) {
                #expect(script.contains("    [\(picture.prefix { $0 != "." })]="), "\(picture)")
            }
        }
    }
}
