import Glibc
package import OperatingSystem

/// Where an engine's control socket is to be, and who may open it.
package struct ControlSocketPlace: Sendable {
    package let socket: UnixSocket
    /// The group whose members may open it; `nil` for the engine's own user alone. Root always may.
    package let group: UInt32?
    /// Whether its directory is made where it is missing. That of the token file is not: where it was moved or unmounted, an empty one in
    /// its place would take the next token, and hide that it is gone.
    private let makesDirectory: Bool
    /// The socket itself, where it listens there already and is the service manager's: then it is neither made nor removed.
    let inherited: Int32?

    package init(socket: UnixSocket, group: UInt32? = nil, makesDirectory: Bool = true) {
        self.socket = socket
        self.group = group
        self.makesDirectory = makesDirectory
        inherited = nil
    }

    /// A socket that listens already, with the mode and the owner that the service manager gave it.
    package init(inherited: InheritedSockets.Local) {
        socket = inherited.socket
        group = nil
        makesDirectory = false
        self.inherited = inherited.descriptor
    }

    /// The first of several places that a socket can be made at and no engine listens at; the last one where there is none.
    ///
    /// - Parameter places: At least one.
    package static func free(among places: [UnixSocket]) -> UnixSocket? {
        places.first { !$0.isTooLong && $0.presence() != .alive && canMakeFiles(in: $0.directory) } ?? places.last
    }

    /// Of a directory that is not there yet, its parent counts: after `su`, the one of `XDG_RUNTIME_DIR` may be missing, or another user's.
    private static func canMakeFiles(in directory: String) -> Bool {
        if access(directory, W_OK | X_OK) == 0 { return true }
        return errno == ENOENT && access(UnixSocket(path: directory).directory, W_OK | X_OK) == 0
    }

    /// Makes the directory, where that is missing, and sees that nothing is there that must not be replaced.
    ///
    /// - Throws: `FileError`
    func prepare() throws(FileError) {
        guard !socket.isTooLong else {
            throw FileError(operation: "use a path of more than \(UnixSocket.longestPath) bytes", code: ENAMETOOLONG)
        }
        guard makesDirectory || access(socket.directory, F_OK) == 0 else {
            throw FileError(operation: "make it where the token file's directory is gone", code: errno)
        }
        if mkdir(socket.directory, 0o700) == 0 {
            try openDirectoryToGroup()
        } else if errno != EEXIST {
            let code = errno
            let isParentMissing = access(UnixSocket(path: socket.directory).directory, F_OK) != 0 && errno == ENOENT
            throw FileError(operation: "make its directory" + (isParentMissing ? ", since that above it is not there" : ""), code: code)
        }
        switch socket.presence() {
        case .absent, .dead: break
        case .alive: throw FileError(operation: "listen where another engine does", code: EADDRINUSE)
        case .forbidden: throw FileError(operation: "replace another user's socket", code: EACCES)
        case .unknown(let error): throw error
        }
    }

    /// The group has to get through to the socket.
    private func openDirectoryToGroup() throws(FileError) {
        guard let group else { return }
        guard chown(socket.directory, uid_t.max, group) == 0, chmod(socket.directory, 0o710) == 0 else {
            throw FileError(operation: "give its directory to its group", code: errno)
        }
    }
}
