package import EngineAPI
import Glibc
package import OperatingSystem

/// Whether a control socket is one that a user may trust with what is pasted into a sign-in.
package struct SocketOwnership: Sendable {
    /// The owner of the token file that is meant, where it can be known.
    private let tokenFileOwner: UInt32?
    private let user: UInt32
    /// Where only root makes directories, such as that of the packaged service for its user (systemd.exec(5), `RuntimeDirectory=`).
    private let run: String

    /// - Parameters:
    ///   - tokenFile: The token file that the user would use, whose owner is trusted as well.
    ///   - user: Who asks.
    ///   - run: Where only root makes directories.
    package init(tokenFile: String?, user: UInt32 = geteuid(), run: String = "/run") {
        self.user = user
        self.run = run
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
            place = UnixSocket(path: destination, from: place.directory)
        }
        throw .foreignSocket(path: socket.path, reason: "is a symbolic link that leads nowhere")
    }

    /// As many as anyone needs.
    private static let mostLinks = 8

    /// - Returns: What there is, as `st_mode` tells it.
    private func checkOwner(of place: UnixSocket) throws(EngineConnectionError) -> mode_t {
        var status = stat()
        guard lstat(place.path, &status) == 0 else {
            throw errno == EACCES ? .notAllowed(place) : .noEngine(path: place.path)
        }
        let kind = status.st_mode & S_IFMT
        guard isTrusted(status.st_uid, in: place.directory) else {
            let what = kind == S_IFLNK ? "is a symbolic link of user \(status.st_uid)" : "belongs to user \(status.st_uid)"
            let isInDoubt = isBelowRun(place.directory) && !isRunRootsAlone
            // What would mend that is not told: the directory may have been made by a stranger already.
            let doubt = isInDoubt ? "; that its directory is in \(run) proves nothing, since others than root may write there" : ""
            throw .foreignSocket(path: place.path, reason: what + doubt)
        }
        try checkDirectory(of: place)
        return kind
    }

    private func isTrusted(_ owner: UInt32, in directory: String) -> Bool {
        owner == 0 || owner == user || owner == tokenFileOwner || owner == self.owner(ofServiceDirectory: directory)
    }

    /// Whose a directory right below ``run`` is: that root has chosen.
    private func owner(ofServiceDirectory path: String) -> UInt32? {
        guard isBelowRun(path), isRunRootsAlone else { return nil }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return status.st_uid
    }

    private func isBelowRun(_ path: String) -> Bool {
        path.hasPrefix("\(run)/") && !path.dropFirst(run.count + 1).contains("/")
    }

    private var isRunRootsAlone: Bool {
        var status = stat()
        return lstat(run, &status) == 0 && status.st_uid == 0 && status.st_mode & S_IFMT == S_IFDIR
            && status.st_mode & Self.writableByOthers == 0
    }

    private static let writableByOthers: mode_t = 0o022

    /// Who may change the directory could put another socket in this one's place once it has been looked at.
    private func checkDirectory(of socket: UnixSocket) throws(EngineConnectionError) {
        var status = stat()
        guard stat(socket.directory, &status) == 0 else { throw .notAllowed(socket) }
        guard isTrusted(status.st_uid, in: socket.directory),
            status.st_mode & Self.writableByOthers == 0 || status.st_mode & mode_t(S_ISVTX) != 0
        else {
            throw .foreignSocket(path: socket.path, reason: "lies in a directory that other users may change")
        }
    }
}
