package import EngineAPI
import Glibc
package import OperatingSystem

/// Whether a control socket is one that a user may trust with what is pasted into a sign-in.
package struct SocketOwnership: Sendable {
    /// The owner of the token file that is meant, where it can be known.
    private let tokenFileOwner: UInt32?

    /// - Parameter tokenFile: The token file that the user would use, whose owner is trusted as well.
    package init(tokenFile: String?) {
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
        guard isTrusted(status.st_uid) else { throw .foreignSocket(path: socket.path, reason: "belongs to user \(status.st_uid)") }
        try checkDirectory(of: socket)
    }

    private func isTrusted(_ user: UInt32) -> Bool {
        user == 0 || user == geteuid() || user == tokenFileOwner
    }

    /// Who may change the directory could put another socket in this one's place once it has been looked at.
    private func checkDirectory(of socket: UnixSocket) throws(EngineConnectionError) {
        var status = stat()
        guard stat(socket.directory, &status) == 0 else { throw .notAllowed(path: socket.path) }
        let others: mode_t = 0o022
        guard isTrusted(status.st_uid), status.st_mode & others == 0 || status.st_mode & mode_t(S_ISVTX) != 0 else {
            throw .foreignSocket(path: socket.path, reason: "lies in a directory that other users may change")
        }
    }
}
