import Glibc

/// The machine's own file system.
package struct LocalFileSystem: FileSystem {
    package init() {}

    /// A pipe or a device in the file's place does not block.
    package func contents(of path: String, limit: Int) throws(FileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileError(operation: "open", code: errno)
        }
        defer { Glibc.close(descriptor) }
        return try bytes(of: descriptor, limit: limit)
    }

    package func contents(of path: String, from offset: Int, limit: Int) throws(FileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileError(operation: "open", code: errno)
        }
        defer { Glibc.close(descriptor) }
        try seek(descriptor, to: offset)
        return try bytes(of: descriptor, limit: limit)
    }

    package func ownContents(
        of path: String, beside model: String, limit: Int
    ) throws(FileError) -> (bytes: [UInt8], version: FileVersion)? {
        guard let (descriptor, status) = try openOwn(path, beside: model) else { return nil }
        defer { Glibc.close(descriptor) }
        return (try bytes(of: descriptor, limit: limit), status.version)
    }

    private func bytes(of descriptor: Int32, limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileError(operation: "read", code: errno) }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    package func version(of path: String) throws(FileError) -> FileVersion? {
        try status(of: path, followingLinks: true)?.version
    }

    package func status(of path: String, followingLinks: Bool) throws(FileError) -> FileStatus? {
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            if errno == ENOENT { return nil }
            throw FileError(operation: "look at", code: errno)
        }
        return FileStatus(status)
    }

    package func owners(beside path: String) -> Set<UInt32> {
        var status = stat()
        guard geteuid() == 0, stat(path, &status) == 0 else { return [geteuid()] }
        return [geteuid(), status.st_uid]
    }

    /// Opens a file of the program's own for reading; `nil` where there is none. What it is is asked of the open file: by its name it
    /// could be another one by then. No pipe holds it up, and no terminal becomes the program's.
    private func openOwn(_ path: String, beside model: String) throws(FileError) -> (descriptor: Int32, status: FileStatus)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw .foreign(path, .symbolicLink)
            case ENXIO: throw .foreign(path, .notRegular)
            default: throw FileError(operation: "open what lies beside it", code: errno)
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = FileError(operation: "look at what lies beside it", code: errno)
            Glibc.close(descriptor)
            throw error
        }
        if let reason = FileStatus(status).foreign(unlessOwnedBy: owners(beside: model)) {
            Glibc.close(descriptor)
            throw .foreign(path, reason)
        }
        return (descriptor, FileStatus(status))
    }

    package func destinationOfSymbolicLink(at path: String) throws(FileError) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count >= 0 else {
            if errno == EINVAL || errno == ENOENT { return nil }
            throw FileError(operation: errno == ENOTDIR ? "take a file for a directory" : "read the link", code: errno)
        }
        guard let destination = String(validating: buffer[..<count].map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self) else {
            throw FileError(operation: "follow a symbolic link whose target is not UTF-8", code: EILSEQ)
        }
        return destination
    }

    /// Creates a file of mode 0600, whatever the umask is, that must not exist yet.
    package func create(_ path: String, ownedLike model: String) throws(FileError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(operation: "create a new file beside it", code: errno) }
        // The umask may have taken from the mode what the owner needs.
        guard fchmod(descriptor, 0o600) == 0 else {
            let error = FileError(operation: "set the mode of a new file beside it", code: errno)
            Glibc.close(descriptor)
            unlink(path)
            throw error
        }
        keepOwner(of: model, on: descriptor)
        return descriptor
    }

    package func openInPlace(_ path: String) throws(FileError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError(operation: FileError.openingInPlace, code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            throw FileError(operation: "write to what is no regular file", code: EINVAL)
        }
        // Only its owner may set the mode; a file of another user that this one may write is written all the same.
        _ = fchmod(descriptor, 0o600)
        return descriptor
    }

    package func seek(_ file: Int32, to offset: Int) throws(FileError) {
        guard lseek(file, off_t(offset), SEEK_SET) >= 0 else { throw FileError(operation: "find a place in the file", code: errno) }
    }

    package func touch(_ path: String) throws(FileError) {
        guard utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw FileError(operation: "set the time of what lies beside it", code: errno)
        }
    }

    package func truncate(_ file: Int32, to size: Int) throws(FileError) {
        guard ftruncate(file, off_t(size)) == 0 else { throw FileError(operation: "cut off the end of the file", code: errno) }
    }

    package func write(_ bytes: ArraySlice<UInt8>, to file: Int32) throws(FileError) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 { return count }
            guard count < 0 && errno == EINTR else { throw FileError(operation: "write", code: count == 0 ? EIO : errno) }
        }
    }

    package func synchronize(_ file: Int32) throws(FileError) {
        guard fsync(file) == 0 else { throw FileError(operation: "bring it to the disk", code: errno) }
    }

    package func synchronize(fileAt path: String, beside model: String) throws(FileError) {
        guard let (descriptor, _) = try openOwn(path, beside: model) else {
            throw FileError(operation: "open what was left of a write", code: ENOENT)
        }
        defer { Glibc.close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw FileError(operation: "set the mode of what was left of a write", code: errno) }
        try synchronize(descriptor)
    }

    package func close(_ file: Int32) throws(FileError) {
        guard Glibc.close(file) == 0 else { throw FileError(operation: "close", code: errno) }
    }

    package func rename(_ path: String, to newPath: String) throws(FileError) {
        guard Glibc.rename(path, newPath) != 0 else { return }
        // One file of a container's host, mounted over a name, can't be replaced.
        throw FileError(operation: errno == EBUSY ? "replace what is mounted there" : "replace", code: errno)
    }

    package func synchronizeDirectory(_ path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(operation: "open its directory", code: errno) }
        defer { Glibc.close(descriptor) }
        // A file system that can't do this for a directory says EINVAL; the rename is as durable there as it gets.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FileError(operation: "bring its directory to the disk", code: errno)
        }
    }

    package func remove(_ path: String) throws(FileError) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        // Whether there is a file or not: there can't be another one either.
        throw FileError(operation: errno == EROFS ? "write beside it" : "remove", code: errno)
    }
}

extension FileStatus {
    init(_ status: stat) {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        let version = FileVersion(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
            modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        )
        self.init(kind: kind, owner: status.st_uid, links: UInt64(status.st_nlink), mode: status.st_mode & 0o7777, version: version)
    }
}

/// Root, who looks at a service's file, must not take it away from the service. Others may not give files away: theirs it is.
func keepOwner(of model: String, on descriptor: Int32) {
    var status = stat()
    guard stat(model, &status) == 0, status.st_uid != geteuid() || status.st_gid != getegid() else { return }
    _ = fchown(descriptor, status.st_uid, status.st_gid)
}

/// The operating system's own words for an `errno`.
package func systemMessage(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(characters: buffer)
}
