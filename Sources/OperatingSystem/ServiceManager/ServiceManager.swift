import Glibc

/// What a service manager such as systemd has given this process: where it wants to hear of it (sd_notify(3)), how often
/// (sd_watchdog_enabled(3)), and sockets that listen already (sd_listen_fds(3)).
package struct ServiceManager: Sendable {
    /// `nil` where it does not want to hear anything.
    package let notifications: NotificationSocket?
    /// Within which time it wants to be told again and again that the process works; `nil` where it does not watch.
    package let watchdog: Duration?
    private let descriptors: Result<[PassedDescriptor], InheritedSocketsError>

    /// For a process that nobody manages.
    package static let none = ServiceManager(environment: [:], processID: 0)

    /// The variables by which it says so.
    package static let variables = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_PIDFDID", "LISTEN_FDNAMES",
    ]

    /// - Parameters:
    ///   - environment: Holds ``variables``.
    ///   - processID: This process: what is meant for another one is left alone.
    package init(environment: [String: String], processID: Int32) {
        notifications = environment["NOTIFY_SOCKET"].flatMap { NotificationSocket($0) }
        let isWatched = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        let interval = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = isWatched && interval > 0 ? .microseconds(interval) : nil
        let isGiven = environment["LISTEN_PID"].flatMap { Int32($0) } == processID
        descriptors =
            isGiven
            ? PassedDescriptor.all(count: environment["LISTEN_FDS"] ?? "0", names: environment["LISTEN_FDNAMES"] ?? "") : .success([])
    }

    /// This process's, once: the variables are removed, and the sockets closed at an exec, so that no child takes itself for the one that
    /// is meant. To be called before there are other threads, which may read the environment.
    package static func takeFromEnvironment() -> ServiceManager {
        let given = variables.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
        for name in variables { unsetenv(name) }
        let manager = ServiceManager(environment: Dictionary(given) { $1 }, processID: getpid())
        for descriptor in (try? manager.descriptors.get()) ?? [] { _ = fcntl(descriptor.number, F_SETFD, FD_CLOEXEC) }
        return manager
    }

    /// What the sockets are, and what each is for.
    ///
    /// - Throws: ``InheritedSocketsError`` where one of them is of no use, or there are several for the same.
    package func sockets() throws(InheritedSocketsError) -> InheritedSockets {
        try InheritedSockets(try descriptors.get())
    }
}

/// An open descriptor that was passed on, and its name, where it has one.
package struct PassedDescriptor: Sendable, Hashable, CustomStringConvertible {
    package let number: Int32
    package let name: String

    package init(number: Int32, name: String = "") {
        self.number = number
        self.name = name
    }

    /// The first of them (`SD_LISTEN_FDS_START`).
    private static let first: Int32 = 3
    /// More than anybody passes on.
    private static let most: Int32 = 256

    /// - Parameters:
    ///   - count: What `LISTEN_FDS` says.
    ///   - names: What `LISTEN_FDNAMES` says: a name each, with colons between them.
    static func all(count: String, names: String) -> Result<[PassedDescriptor], InheritedSocketsError> {
        guard let number = Int32(count), (0...most).contains(number) else { return .failure(.count(count)) }
        let names = names.split(separator: ":", omittingEmptySubsequences: false)
        return .success(
            (0..<number).map { index in
                PassedDescriptor(number: first + index, name: Int(index) < names.count ? String(names[Int(index)]) : "")
            })
    }

    /// For a message: `descriptor 3 (netatmo-dashboard.socket)`.
    package var description: String {
        "descriptor \(number)" + (name.isEmpty ? "" : " (\(name.harmlessLine(limit: 64)))")
    }
}
