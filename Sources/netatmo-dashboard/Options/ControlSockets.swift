import FoundationEssentials
import Glibc
import OperatingSystem

/// Where control sockets are, as the options and the environment say.
struct ControlSockets: Sendable {
    /// The one that is given.
    let given: UnixSocket?
    /// Where an engine puts its own where none is given, in this order: the next one where another engine listens.
    let defaults: [UnixSocket]

    /// The packaged service's, as systemd makes its directory.
    static let ofService = UnixSocket(path: "/run/netatmo-dashboard/control.sock")

    /// - Parameters:
    ///   - option: What the command line says.
    ///   - tokenFile: Beside which there is a place too; `nil` where it is not known.
    ///   - workingDirectory: Where a relative path begins. That of a socket goes to other processes, elsewhere.
    /// - Throws: ``ConfigurationError``
    init(
        given option: String?, from sources: SettingSources, tokenFile: String?,
        workingDirectory: String = FileManager.default.currentDirectoryPath
    ) throws(ConfigurationError) {
        given = try SettingReader(sources: sources).value("--socket", option, "NETATMO_SOCKET", .socket(from: workingDirectory))
        // Several directories are separated by colons (systemd.exec(5)).
        let runtime = sources.environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init).flatMap(Self.absolute)
        let directory = runtime ?? sources.environment["XDG_RUNTIME_DIR"].flatMap(Self.absolute).map { "\($0)/netatmo-dashboard" }
        let beside = tokenFile.map { UnixSocket(path: "\($0).sock", from: workingDirectory) }
        defaults = [directory.map { UnixSocket(path: "\($0)/control.sock") }, beside].compactMap(\.self)
    }

    private static func absolute(_ path: String) -> String? { path.hasPrefix("/") ? path : nil }

    /// Where an engine may put its own.
    var places: [UnixSocket] { given.map { [$0] } ?? defaults }
}

extension SettingReader {
    /// The group that may open the control socket.
    func socketGroup(_ options: ControlOptions) throws(ConfigurationError) -> UInt32? {
        let variable = "NETATMO_SOCKET_GROUP"
        guard let name = try value("--socket-group", options.socketGroup, variable, .text) else { return nil }
        if let group = Self.groupID(of: name) { return group }
        throw .invalid(
            option: found("--socket-group", options.socketGroup, variable)?.origin.name ?? variable, found: name,
            expected: "a group of this machine (getent group)")
    }

    /// By its name or its number.
    private static func groupID(of name: String) -> UInt32? {
        var entry = Glibc.group()
        var buffer = [CChar](repeating: 0, count: 16_384)
        var found: UnsafeMutablePointer<Glibc.group>?
        if getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil { return entry.gr_gid }
        return UInt32(name).flatMap { $0 == .max ? nil : $0 }
    }
}

extension SettingParser<UnixSocket> {
    /// The path of a socket.
    ///
    /// - Parameter workingDirectory: Where a relative one begins.
    static func socket(from workingDirectory: String = FileManager.default.currentDirectoryPath) -> SettingParser {
        let expectation = "the path of a socket, with its directories at most \(UnixSocket.longestPath) bytes"
        return SettingParser(expectation: expectation) { path in
            let socket = UnixSocket(path: path, from: workingDirectory)
            return path.isEmpty || path.hasSuffix("/") || socket.isTooLong ? nil : socket
        }
    }
}
