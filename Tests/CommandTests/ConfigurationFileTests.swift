import ArgumentParser
import FoundationEssentials
import Testing

@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("The configuration file")
struct ConfigurationFileTests {
    private func file(_ text: String) throws(ConfigurationError) -> ConfigurationFile {
        try ConfigurationFile(path: "/c", bytes: Array(text.utf8))
    }

    @Test(
        "is read as systemd and containers read it",
        arguments: [
            ("NETATMO_CLIENT_ID=mine", "mine"), ("# a comment\n\n; another\n  NETATMO_CLIENT_ID = mine  \n", "mine"),
            ("NETATMO_CLIENT_ID=mine\r\nNETATMO_AGE_STALE=2h\r\n", "mine"), ("\u{FEFF}NETATMO_CLIENT_ID=mine\r\n", "mine"),
            ("NETATMO_CLIENT_ID=\"mine\"", "mine"), ("NETATMO_CLIENT_ID='mine'", "mine"), ("NETATMO_CLIENT_ID=\"mine", "\"mine"),
            ("NETATMO_CLIENT_ID=a=b # c", "a=b # c"), ("NETATMO_CLIENT_ID=other\nNETATMO_CLIENT_ID=mine", "mine"),
            ("TZ=Europe/Oslo\nNETATMO_CLIENT_ID=mine\nLD_PRELOAD=", "mine"), ("NETATMO_CLIENT_ID=", nil),
            ("NETATMO_CLIENT_ID=\"\"", nil), ("#NETATMO_CLIENT_ID=mine", nil), ("", nil),
        ] as [(String, String?)]
    )
    func form(_ text: String, _ value: String?) throws {
        #expect(try file(text).found("NETATMO_CLIENT_ID")?.text == value)
    }

    @Test(
        "with a line that can't be worked with is one line that names file, line and what is expected",
        arguments: [
            ("\nNETATMO_CLIENT_ID", "/c:2: expected NAME=value, or a comment that begins with #"),
            ("export NETATMO_CLIENT_ID=hush", "/c:1: expected the name of a variable before =, in letters, digits and _"),
            ("=hush", "/c:1: expected the name of a variable before =, in letters, digits and _"),
            ("1A=hush", "/c:1: expected the name of a variable before =, in letters, digits and _"),
            (
                "# x\nNETATMO_REFRESH_INTERVALL=8m",
                "/c:2: NETATMO_REFRESH_INTERVALL: expected one of the names that netatmo-dashboard config --example lists"
            ),
            ("NETATMO_CONFIG=/d", "/c:1: NETATMO_CONFIG: expected in the environment, since it names the file itself"),
            (
                "NETATMO_CLIENT_SECRET=hush\\\n  more",
                "/c:1: NETATMO_CLIENT_SECRET: expected the whole value in one line, without \\ at its end"
            ),
            ("A=1\nNETATMO_CLIENT_ID=a\0b", "/c:2: expected text in UTF-8"),
        ]
    )
    func badLine(_ text: String, _ message: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try file(text) }
        #expect(error.description == message)
        #expect(!error.description.contains("hush"))
    }

    @Test("that is not UTF-8 is told by the line")
    func encoding() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try ConfigurationFile(path: "/c", bytes: Array("A=1\nB=".utf8) + [0xE9, 0x0A])
        }
        #expect(error.description == "/c:2: expected text in UTF-8")
    }

    @Test("holds a wrong value: told by the file, the line, the name and what is expected")
    func badValue() throws {
        let file = try file("# mine\nNETATMO_AGE_STALE=soon")
        let error = try #require(throws: ConfigurationError.self) {
            try Settings(
                ExporterOptions.parse([]), from: SettingSources(environment: ["HOME": "/h"], file: file), defaultAddress: .thisMachine)
        }
        #expect(error.description == "/c:2: NETATMO_AGE_STALE: \"soon\" is not a duration such as 8m, 1h30m or 500ms")
    }

    @Test("of the example has no setting as it is, and has each of them with a valid value once its comments are lines")
    func example() throws {
        #expect(try Setting.all.allSatisfy { try file(ConfigurationText.example).found($0.variable) == nil })
        let lines = ConfigurationText.example.split(separator: "\n").map { line in
            line.wholeMatch(of: /#([A-Z_]+=.*)/).map { String($0.1) } ?? String(line)
        }
        let whole = try file(lines.joined(separator: "\n"))
        for setting in Setting.all { #expect(whole.found(setting.variable)?.text == setting.example, "\(setting.variable)") }
        // Files that are read, of certificates and of the web configuration, are those of another machine.
        let here = try file(lines.filter { !$0.hasPrefix("SSL_") && !$0.hasPrefix("NETATMO_WEB_CONFIG=") }.joined(separator: "\n"))
        let sources = SettingSources(environment: ["HOME": "/h"], file: here)
        #expect(throws: Never.self) { try ConfigCommand.parse([]).text(from: sources) }
    }
}

@Suite("Where the configuration file is")
struct ConfigurationFilePlaceTests {
    private struct Folder: ~Copyable {
        let path: String
        init() throws {
            path = FileManager.default.temporaryDirectory.path() + "config-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
            let file = "\(path)/\(name)"
            try FileManager.default.createDirectory(
                atPath: String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            return file
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("is as the flag says, else the variable, else the user's, else the machine's; each of them alone is read")
    func order() throws {
        let folder = try Folder()
        let flag = try folder.write("flag", "NETATMO_CLIENT_ID=flag")
        let variable = try folder.write("variable", "NETATMO_CLIENT_ID=variable")
        _ = try folder.write("xdg/netatmo-dashboard/environment", "NETATMO_CLIENT_ID=user")
        _ = try folder.write("home/.config/netatmo-dashboard/environment", "NETATMO_CLIENT_ID=home")
        let machine = try folder.write("machine", "NETATMO_CLIENT_ID=machine")
        let path = folder.path
        func found(_ given: String?, _ environment: [String: String], machine: String) throws -> String? {
            try ConfigurationFile.find(given: given, environment: environment, ofMachine: machine)?.found("NETATMO_CLIENT_ID")?.text
        }
        let all = ["NETATMO_CONFIG": variable, "XDG_CONFIG_HOME": "\(path)/xdg", "HOME": "\(path)/home"]
        #expect(try found(flag, all, machine: machine) == "flag")
        #expect(try found(nil, all, machine: machine) == "variable")
        #expect(try found(nil, all.merging(["NETATMO_CONFIG": " "]) { $1 }, machine: machine) == "user")
        #expect(try found(nil, ["XDG_CONFIG_HOME": "xdg", "HOME": "\(path)/home"], machine: machine) == "home")
        #expect(try found(nil, ["HOME": "\(path)/elsewhere"], machine: machine) == "machine")
        #expect(try found(nil, ["HOME": "\(path)/elsewhere"], machine: "\(path)/nowhere") == nil)
        // Homes that are none, as service users have them.
        #expect(try found(nil, ["HOME": "/dev/null"], machine: machine) == "machine")
        #expect(try found("/dev/null", all, machine: machine) == nil)
    }

    @Test("that can't be used is one line with the reason, wherever it is")
    func bad() throws {
        let folder = try Folder()
        let path = folder.path
        let (target, link) = (try folder.write("target", "NETATMO_CLIENT_ID=linked"), "\(path)/link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        try FileManager.default.createSymbolicLink(atPath: "\(path)/dead", withDestinationPath: "\(path)/nowhere")
        try FileManager.default.createSymbolicLink(atPath: "\(path)/loop", withDestinationPath: "\(path)/loop")
        let table: [(String, String?)] = [
            ("\(path)/missing", "--config: \"\(path)/missing\" is not a file that exists"),
            (path, "\(path): expected a file of NAME=value lines, not a directory"),
            ("/dev/zero", "/dev/zero: expected a regular file of NAME=value lines"),
            (link, nil),
            (
                "\(path)/dead",
                "\(path)/dead: expected a configuration file that can be read (can't follow the link to a file: No such file or directory)"
            ),
            (
                "\(path)/loop",
                "\(path)/loop: expected a configuration file that can be read (can't look at: Too many levels of symbolic links)"
            ),
            (
                try folder.write("large", String(repeating: "#", count: ConfigurationFile.longest + 1)),
                "\(path)/large: expected a configuration file of at most 65536 bytes"
            ),
            (try folder.write("longest", String(repeating: "#", count: ConfigurationFile.longest)), nil),
            (
                try folder.write("group", "A=1\nNETATMO_CLIENT_SECRET=hush", mode: 0o640),
                "\(path)/group:2: NETATMO_CLIENT_SECRET: expected in a file that only its owner can read: chmod 600 \(path)/group"
            ),
            (
                try folder.write("world", "NETATMO_CLIENT_SECRET=hush", mode: 0o604),
                "\(path)/world:1: NETATMO_CLIENT_SECRET: expected in a file that only its owner can read: chmod 600 \(path)/world"
            ),
            (try folder.write("open", "NETATMO_CLIENT_ID=mine\nNETATMO_CLIENT_SECRET=", mode: 0o644), nil),
            (
                try folder.write("written", "NETATMO_CLIENT_ID=mine", mode: 0o646),
                "\(path)/written: expected a file that not everybody can write to: chmod 600 \(path)/written"
            ),
        ]
        for (file, message) in table {
            var told: String?
            do throws(ConfigurationError) {
                _ = try ConfigurationFile.find(given: file, environment: [:], ofMachine: "\(path)/none")
            } catch {
                told = error.description
            }
            #expect(told == message)
            #expect(told?.contains("hush") != true)
        }
    }

    @Test("for the machine may be for systemd alone to read; one that is named, or the user's, may not")
    func forbidden() throws {
        struct Forbidden: ReadOnlyFileSystem {
            func status(of path: String, followingLinks: Bool) throws(FileError) -> FileStatus? {
                FileStatus(kind: .regular, owner: 0, links: 1, mode: 0o600, version: FileVersion(device: 0, inode: 0, size: 0, modified: 0))
            }
            func contents(of path: String, limit: Int) throws(FileError) -> [UInt8]? { throw FileError(operation: "open", code: 13) }
        }
        #expect(try ConfigurationFile.find(given: nil, environment: [:], ofMachine: "/m", files: Forbidden()) == nil)
        for (given, environment, name) in [("/g", [:], "/g"), (nil, ["XDG_CONFIG_HOME": "/x"], "/x/netatmo-dashboard/environment")]
            as [(String?, [String: String], String)]
        {
            let error = try #require(throws: ConfigurationError.self) {
                try ConfigurationFile.find(given: given, environment: environment, ofMachine: "/m", files: Forbidden())
            }
            #expect(error.description == "\(name): expected a configuration file that can be read (can't open: Permission denied)")
        }
    }
}
