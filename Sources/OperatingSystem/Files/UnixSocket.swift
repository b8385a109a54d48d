import Glibc

/// The place of a Unix-domain socket in the file system (unix(7)).
package struct UnixSocket: Sendable, Hashable, Codable, CustomStringConvertible {
    package let path: String

    /// The longest path that an address holds, in bytes: `sun_path` without its end.
    package static let longestPath = 107

    package init(path: String) {
        self.path = path
    }

    /// A socket whose path may be relative.
    ///
    /// - Parameter directory: Where a relative path begins.
    package init(path: String, from directory: String) {
        self.init(path: path.hasPrefix("/") ? path : directory + (directory.hasSuffix("/") ? "" : "/") + path)
    }

    package var description: String { path }

    package var isTooLong: Bool { path.utf8.count > Self.longestPath }

    /// The directory that it lies in.
    package var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Its name in that directory.
    package var name: String { lastName(path) }

    /// What a try to connect finds out.
    package enum Presence: Sendable, Hashable {
        /// There is nothing.
        case absent
        /// A process listens.
        case alive
        /// A process that listened here is gone; its socket stayed behind.
        case dead
        /// Whether a process listens is not for this user to know.
        case forbidden
        /// There is something else, or it can't be known; the system's error.
        case unknown(FileError)
    }

    /// Connects and hangs up again.
    package func presence() -> Presence {
        switch connected({ _ in 0 }) {
        case 0, EAGAIN, EINPROGRESS: .alive
        case ENOENT, ENOTDIR: .absent
        case ECONNREFUSED: isSocket ? .dead : .unknown(FileError(operation: "connect to \(path)", code: ENOTSOCK))
        case EACCES, EPERM: .forbidden
        case let code: .unknown(FileError(operation: "connect to \(path)", code: code))
        }
    }

    private var isSocket: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    /// The process that listens, as the kernel says; `nil` where there is none, or none that may be asked.
    package func listener() -> Int32? {
        // `struct ucred`, which Swift's Glibc does not show: process, user and group.
        var credentials: (processID: Int32, userID: UInt32, groupID: UInt32) = (0, 0, 0)
        let error = connected { descriptor in
            var length = socklen_t(MemoryLayout.size(ofValue: credentials))
            return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 ? 0 : errno
        }
        return error == 0 && credentials.processID > 0 ? credentials.processID : nil
    }

    /// - Parameter use: Gets the descriptor, and gives 0 or an error.
    /// - Returns: 0, or the error.
    private func connected(_ use: (Int32) -> Int32) -> Int32 {
        guard !isTooLong else { return ENAMETOOLONG }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        return result == 0 ? use(descriptor) : errno
    }
}

/// A socket that is being put in its place: it is bound in a directory of its own that no other user may enter, given its mode and
/// group, and only then moved to where others look for it. At no time may more users open it than are to.
package struct UnixSocketPlacement: Sendable {
    package let socket: UnixSocket
    /// Whose members may open it beside the owner.
    private let group: UInt32?
    private let directory: String
    /// Where it is to be bound first.
    package let temporaryPath: String

    /// Makes the directory.
    ///
    /// - Throws: ``FileError``
    package init(of socket: UnixSocket, group: UInt32?) throws(FileError) {
        self.socket = socket
        self.group = group
        var template = Array("\(socket.directory)/.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FileError(operation: "make it in its directory", code: errno) }
        directory = String(characters: template)
        temporaryPath = "\(directory)/s"
        guard temporaryPath.utf8.count <= UnixSocket.longestPath else {
            discard()
            throw FileError(operation: "make it in its directory", code: ENAMETOOLONG)
        }
    }

    /// Moves the socket, once it is bound, to its place; one that is there is replaced.
    ///
    /// - Returns: Which file it is.
    /// - Throws: ``FileError``
    package func complete() throws(FileError) -> PlacedSocket {
        defer { discard() }
        var status = stat()
        guard lstat(temporaryPath, &status) == 0 else { throw FileError(operation: "look at it", code: errno) }
        // Where it has the group already nothing is changed: a service may be forbidden to give files away.
        if let group, status.st_gid != group, chown(temporaryPath, uid_t.max, group) != 0 {
            throw FileError(operation: "give it to its group", code: errno)
        }
        guard chmod(temporaryPath, group == nil ? 0o600 : 0o660) == 0 else { throw FileError(operation: "set its mode", code: errno) }
        guard rename(temporaryPath, socket.path) == 0 else { throw FileError(operation: "put it in its place", code: errno) }
        return PlacedSocket(path: socket.path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Removes what is left of the directory.
    package func discard() {
        unlink(temporaryPath)
        rmdir(directory)
    }
}

/// A socket in its place.
package struct PlacedSocket: Sendable, Hashable {
    private let path: String
    private let device: UInt64
    private let inode: UInt64

    fileprivate init(path: String, device: UInt64, inode: UInt64) {
        self.path = path
        self.device = device
        self.inode = inode
    }

    /// Whether it is still there, and no other one in its place.
    package var isInPlace: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_dev == device && status.st_ino == inode
    }

    /// Removes it, unless another one has taken its place.
    package func remove() {
        if isInPlace { unlink(path) }
    }
}
