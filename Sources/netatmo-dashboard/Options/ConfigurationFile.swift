import Configuration
import Glibc
import OperatingSystem

/// A configuration file: lines of `NAME=value`, as systemd's `EnvironmentFile=` and `--env-file` of containers have them, and comments.
///
/// The lines are told apart here and not by `EnvironmentVariablesProvider(environmentFilePath:)`, which passes over a line that it can't
/// read, takes lines that end as Windows' do for one, and doesn't know which line a value is in.
struct ConfigurationFile: Sendable {
    let path: String
    private let provider: EnvironmentVariablesProvider
    private let lines: [String: Int]

    /// More than this is no configuration, in bytes.
    static let longest = 65_536

    /// - Throws: ``ConfigurationError`` for the first line that can't be worked with, which never holds what may be a secret.
    init(path: String, bytes: [UInt8]) throws(ConfigurationError) {
        var values: [String: String] = [:]
        var lines: [String: Int] = [:]
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard let (name, value) = try Self.assignment(line, at: "\(path):\(index + 1)") else { continue }
            values[name] = value
            lines[name] = index + 1
        }
        self.path = path
        self.lines = lines
        // Blank counts as not set.
        provider = EnvironmentVariablesProvider(environmentVariables: values.filter { !$0.value.isEmpty })
    }

    /// What a variable is set to, and in which line.
    func found(_ variable: String) -> (text: String, line: Int)? {
        guard let text = try? provider.environmentValue(forName: variable), let line = lines[variable] else { return nil }
        return (text, line)
    }

    private static func assignment(_ bytes: ArraySlice<UInt8>, at place: String) throws(ConfigurationError) -> (String, String)? {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw .invalid(option: place, found: nil, expected: "text in UTF-8")
        }
        let line = trimmed(text)
        guard let first = line.first, first != "#", first != ";" else { return nil }
        guard let sign = line.firstIndex(of: "=") else {
            throw .invalid(option: place, found: nil, expected: "NAME=value, or a comment that begins with #")
        }
        let name = trimmed(String(line[..<sign]))
        guard isName(name) else {
            throw .invalid(option: place, found: nil, expected: "the name of a variable before =, in letters, digits and _")
        }
        try check(name, at: place)
        let value = trimmed(String(line[line.index(after: sign)...]))
        guard value.last != "\\" else {
            throw .invalid(option: "\(place): \(name)", found: nil, expected: "the whole value in one line, without \\ at its end")
        }
        return (name, unquoted(value))
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }
    }

    /// Other programs' names are theirs to judge; one that looks like ours and is not is a slip.
    private static func check(_ name: String, at place: String) throws(ConfigurationError) {
        guard name != Setting.configurationFile else {
            throw .invalid(option: "\(place): \(name)", found: nil, expected: "in the environment, since it names the file itself")
        }
        guard name.hasPrefix("NETATMO_"), !Setting.variables.contains(name) else { return }
        throw .invalid(
            option: "\(place): \(name)", found: nil, expected: "one of the names that netatmo-dashboard config --example lists")
    }

    /// As systemd reads a value: without the quotation marks around it.
    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, let mark = value.first, mark == "\"" || mark == "'", value.last == mark else { return value }
        return String(value.dropFirst().dropLast())
    }
}

// MARK: - Where it is

extension ConfigurationFile {
    /// One for all users of a machine.
    static let ofMachine = "/etc/netatmo-dashboard/environment"

    /// The file that is named, else the first that there is: the user's, the machine's.
    ///
    /// - Parameters:
    ///   - option: What the command line says.
    ///   - ofMachine: The machine's.
    /// - Returns: `nil` where there is none.
    /// - Throws: ``ConfigurationError``
    static func find(
        given option: String?, environment: [String: String], ofMachine: String = ofMachine, files: some FileSystem = LocalFileSystem()
    ) throws(ConfigurationError) -> ConfigurationFile? {
        let variable = environment[Setting.configurationFile].map(trimmed).flatMap { $0.isEmpty ? nil : $0 }
        if let path = option ?? variable {
            let name = option == nil ? Setting.configurationFile : "--config"
            guard let file = try read(path, files: files) else {
                throw .invalid(option: name, found: path, expected: "a file that exists")
            }
            return file
        }
        if let path = ofUser(environment), let file = try read(path, unlessUnreachable: true, files: files) { return file }
        // What only root may read is for systemd, which gives the service what is in it.
        return try read(ofMachine, unlessUnreachable: true, unlessForbidden: true, files: files)
    }

    /// - Parameters:
    ///   - unlessUnreachable: Whether one in a directory that is none, or closed to this user, counts as none: after `su` it is another's.
    ///   - unlessForbidden: Whether one that this user may not read counts as none.
    /// - Returns: `nil` where there is no such file.
    private static func read(
        _ path: String, unlessUnreachable: Bool = false, unlessForbidden: Bool = false, files: some FileSystem
    ) throws(ConfigurationError) -> ConfigurationFile? {
        let (status, bytes): (FileStatus, Result<[UInt8], ConfigurationError>)
        do throws(FileError) {
            if unlessUnreachable, isUnreachable(path, files: files) { return nil }
            guard let found = try files.status(of: path, followingLinks: true) else {
                guard try files.status(of: path, followingLinks: false) != nil else { return nil }
                throw FileError(operation: "follow the link to a file", code: ENOENT)
            }
            (status, bytes) = (found, try contents(of: path, found, files: files))
        } catch {
            if unlessForbidden, error.code == EACCES { return nil }
            throw .invalid(option: path, found: nil, expected: "a configuration file that can be read (\(error))")
        }
        let file = try ConfigurationFile(path: path, bytes: try bytes.get())
        try file.check(status)
        return file
    }

    /// The user's own; `nil` where the environment does not tell.
    static func ofUser(_ environment: [String: String]) -> String? {
        // The XDG Base Directory Specification says to ignore a path that is not absolute.
        if let home = environment["XDG_CONFIG_HOME"], home.hasPrefix("/") { return "\(home)/netatmo-dashboard/environment" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.config/netatmo-dashboard/environment" : nil }
    }

    private static func isUnreachable(_ path: String, files: some FileSystem) -> Bool {
        do throws(FileError) {
            _ = try files.status(of: path, followingLinks: false)
            return false
        } catch {
            return error.code == EACCES || error.code == ENOTDIR
        }
    }

    /// A file that has no lines, for whoever wants none.
    private static let none = "/dev/null"

    private static func contents(
        of path: String, _ status: FileStatus, files: some FileSystem
    ) throws(FileError) -> Result<[UInt8], ConfigurationError> {
        switch status.kind {
        case .regular: break
        case .other where path == none: return .success([])
        case .directory: return .failure(.invalid(option: path, found: nil, expected: "a file of NAME=value lines, not a directory"))
        case .other, .symbolicLink: return .failure(.invalid(option: path, found: nil, expected: "a regular file of NAME=value lines"))
        }
        guard let bytes = try files.contents(of: path, limit: longest + 1) else { return .success([]) }
        guard bytes.count <= longest else {
            return .failure(.invalid(option: path, found: nil, expected: "a configuration file of at most \(longest) bytes"))
        }
        return .success(bytes)
    }

    /// The secret is for its owner's eyes, and what the program is to do is not for everybody to say.
    private func check(_ status: FileStatus) throws(ConfigurationError) {
        guard status.kind == .regular else { return }
        if status.mode & 0o044 != 0, let (_, line) = found(Setting.clientSecret) {
            throw .invalid(
                option: "\(path):\(line): \(Setting.clientSecret)", found: nil,
                expected: "in a file that only its owner can read: chmod 600 \(path)")
        }
        guard status.mode & 0o002 == 0 else {
            throw .invalid(option: path, found: nil, expected: "a file that not everybody can write to: chmod 600 \(path)")
        }
    }
}
