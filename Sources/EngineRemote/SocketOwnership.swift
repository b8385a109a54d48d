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

    /// Looks at a socket, and at each symbolic link on the way to it as at the socket itself: whose the link is could lead it elsewhere.
    ///
    /// - Throws: ``EngineConnectionError/foreignSocket(path:reason:)`` where another user could be behind it, `noEngine` where there is
    ///   nothing.
    package func check(_ socket: UnixSocket) throws(EngineConnectionError) {
        var place = socket
        for _ in 0...Self.mostLinks {
            let kind = try checkOwner(of: place)
            guard kind == S_IFLNK else {
                guard kind == S_IFSOCK else { throw .foreignSocket(path: place.path, reason: "is no socket") }
                return
            }
            guard let destination = (try? LocalFileSystem().destinationOfSymbolicLink(at: place.path)) ?? nil else { break }
            place = UnixSocket(path: destination.hasPrefix("/") ? destination : "\(place.directory)/\(destination)")
        }
        throw .foreignSocket(path: socket.path, reason: "is a symbolic link that leads nowhere")
    }

    /// As many as anyone needs.
    private static let mostLinks = 8

    /// - Returns: What there is, as `st_mode` tells it.
    private func checkOwner(of place: UnixSocket) throws(EngineConnectionError) -> mode_t {
        var status = stat()
        guard lstat(place.path, &status) == 0 else {
            throw errno == EACCES ? .notAllowed(path: place.path) : .noEngine(path: place.path)
        }
        let kind = status.st_mode & S_IFMT
        guard isTrusted(status.st_uid, in: place.directory) else {
            let what = kind == S_IFLNK ? "is a symbolic link of user \(status.st_uid)" : "belongs to user \(status.st_uid)"
            throw .foreignSocket(path: place.path, reason: what + Self.doubt(aboutServiceDirectory: place.directory))
        }
        try checkDirectory(of: place)
        return kind
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

    /// Why the word of a directory right below `/run` counts for nothing, for a message; empty for any other.
    private static func doubt(aboutServiceDirectory path: String) -> String {
        guard path.hasPrefix("/run/"), !path.dropFirst(5).contains("/") else { return "" }
        var run = stat()
        guard lstat("/run", &run) == 0, run.st_uid != 0 || run.st_mode & writableByOthers != 0 else { return "" }
        return ", and \(path) may be anyone's, since not root alone may write to /run (chmod 755 /run)"
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
