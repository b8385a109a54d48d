package import EngineAPI
import Glibc
package import OperatingSystem

/// Whether a control socket is one that a user may trust with what is pasted into a sign-in.
package struct SocketOwnership: Sendable {
    /// The owner of the token file that is meant, where it can be known.
    private let tokenFileOwner: UInt32?
    private let user: UInt32

    /// - Parameters:
    ///   - tokenFile: The token file that the user would use, whose owner is trusted as well.
    ///   - user: Who asks.
    package init(tokenFile: String?, user: UInt32 = geteuid()) {
        self.user = user
        tokenFileOwner = tokenFile.flatMap { path in
            var status = stat()
            return stat(path, &status) == 0 ? status.st_uid : nil
        }
    }

    /// - Throws: ``EngineConnectionError/foreignSocket(path:reason:)`` where another user could be behind it, `noEngine` where there is
    ///   nothing.
    package func check(_ socket: UnixSocket) throws(EngineConnectionError) {
        var status = stat()
        guard lstat(socket.path, &status) == 0 else {
            throw errno == EACCES ? .notAllowed(path: socket.path) : .noEngine(path: socket.path)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .foreignSocket(path: socket.path, reason: "is no socket") }
        guard isTrusted(status.st_uid, in: socket.directory) else {
            throw .foreignSocket(path: socket.path, reason: "belongs to user \(status.st_uid)")
        }
        try checkDirectory(of: socket)
    }

    private func isTrusted(_ owner: UInt32, in directory: String) -> Bool {
        owner == 0 || owner == user || owner == tokenFileOwner || owner == Self.owner(ofServiceDirectory: directory)
    }

    /// Right below `/run` only root makes directories, such as that of the packaged service for its user (systemd.exec(5),
    /// `RuntimeDirectory=`): whose that is, root has chosen.
    private static func owner(ofServiceDirectory path: String) -> UInt32? {
        guard path.hasPrefix("/run/"), !path.dropFirst(5).contains("/") else { return nil }
        var (run, directory) = (stat(), stat())
        guard lstat("/run", &run) == 0, run.st_uid == 0, run.st_mode & S_IFMT == S_IFDIR, run.st_mode & writableByOthers == 0,
            lstat(path, &directory) == 0, directory.st_mode & S_IFMT == S_IFDIR
        else { return nil }
        return directory.st_uid
    }

    private static let writableByOthers: mode_t = 0o022

    /// Who may change the directory could put another socket in this one's place once it has been looked at.
    private func checkDirectory(of socket: UnixSocket) throws(EngineConnectionError) {
        var status = stat()
        guard stat(socket.directory, &status) == 0 else { throw .notAllowed(path: socket.path) }
        guard isTrusted(status.st_uid, in: socket.directory),
            status.st_mode & Self.writableByOthers == 0 || status.st_mode & mode_t(S_ISVTX) != 0
        else {
            throw .foreignSocket(path: socket.path, reason: "lies in a directory that other users may change")
        }
    }
}
