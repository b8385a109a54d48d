import Glibc

/// The calls that a durable file is made of, so that a test can let each of them fail.
package protocol FileSystem: Sendable {
    associatedtype File

    /// The bytes of a file, at most `limit` of them; `nil` where there is no such file.
    func contents(of path: String, limit: Int) throws(FileError) -> [UInt8]?
    /// The bytes of a file from a place on, at most `limit` of them, none behind its end; `nil` where there is no such file.
    func contents(of path: String, from offset: Int, limit: Int) throws(FileError) -> [UInt8]?
    /// Which version of a file there is; `nil` where there is no such file. A symbolic link is followed.
    func version(of path: String) throws(FileError) -> FileVersion?
    /// Where a symbolic link points, as it is written in it; `nil` where the path is no symbolic link.
    func destinationOfSymbolicLink(at path: String) throws(FileError) -> String?
    /// What there is at a path; `nil` where there is nothing.
    ///
    /// - Parameter followingLinks: Whether a symbolic link is told, or what it leads to.
    func status(of path: String, followingLinks: Bool) throws(FileError) -> FileStatus?
    /// The users whose files this program takes for its own: the one that it runs as; for root, the owner of a file too.
    ///
    /// - Parameter path: That file; whose directory the others are in.
    func owners(beside path: String) -> Set<UInt32>
    /// The bytes of a file of the program's own, at most `limit` of them, and which version of it they are; `nil` where there is no
    /// such file. It is looked at and read by one open file, so that no other process can put another one in its place meanwhile.
    ///
    /// - Parameter model: The file that it lies beside.
    /// - Throws: ``FileError`` where it is not the program's own, or can't be read.
    func ownContents(of path: String, beside model: String, limit: Int) throws(FileError) -> (bytes: [UInt8], version: FileVersion)?
    /// Creates a file of mode 0600 that must not exist yet, and opens it for writing.
    ///
    /// - Parameter model: A file whose owner the new one gets, where there is such a file and this process may give files away.
    func create(_ path: String, ownedLike model: String) throws(FileError) -> File
    /// Opens a file that exists, to write over its bytes from the first on. No symbolic link is followed, and nothing but a regular
    /// file is opened; its mode is 0600 from then on, where this process may set it.
    func openInPlace(_ path: String) throws(FileError) -> File
    /// Lets the next write to an open file go behind so many bytes.
    func seek(_ file: File, to offset: Int) throws(FileError)
    /// Lets a file count as changed now; no symbolic link is followed.
    func touch(_ path: String) throws(FileError)
    /// Cuts an open file off behind so many bytes.
    func truncate(_ file: File, to size: Int) throws(FileError)
    /// Writes some of the bytes, at least one, and returns how many.
    func write(_ bytes: ArraySlice<UInt8>, to file: File) throws(FileError) -> Int
    /// Waits until the file's bytes are on the disk.
    func synchronize(_ file: File) throws(FileError)
    /// Waits until the bytes of a file of the program's own are on the disk; its mode is 0600 from then on.
    ///
    /// - Parameter model: The file that it lies beside.
    /// - Throws: ``FileError`` where it is not the program's own, or can't be brought to the disk.
    func synchronize(fileAt path: String, beside model: String) throws(FileError)
    func close(_ file: File) throws(FileError)
    /// Gives a file another name, in place of the file that had it.
    func rename(_ path: String, to newPath: String) throws(FileError)
    /// Waits until a directory's names are on the disk.
    func synchronizeDirectory(_ path: String) throws(FileError)
    /// Removes a file; no error where there is none.
    func remove(_ path: String) throws(FileError)
}

/// Tells one version of a file from another without reading it.
package struct FileVersion: Sendable, Hashable {
    /// The device and the number of the file on it, which change when another file takes its name.
    package let device: UInt64
    package let inode: UInt64
    /// In bytes.
    package let size: Int64
    /// When its bytes last changed, in nanoseconds since 1970.
    package let modified: Int64

    package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
    }
}

/// The operating system refused something to do with a file.
package struct FileError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// What was tried, such as `open` or `rename`.
    package let operation: String
    /// The `errno` of the call.
    package let code: Int32
    /// What the file is, where it was left alone since it is not the program's own.
    package let foreign: ForeignFile?

    package init(operation: String, code: Int32, foreign: ForeignFile? = nil) {
        self.operation = operation
        self.code = code
        self.foreign = foreign
    }

    /// What was tried and why it failed, without the path.
    package var description: String {
        "can't \(operation): \(systemMessage(code))"
    }

    /// What may help where a token file can't be written.
    package var remedy: String {
        switch code {
        case EACCES where operation == Self.openingInPlace, EPERM where operation == Self.openingInPlace:
            "let the user who runs this program write to the token file"
        case EACCES, EPERM: "let the user who runs this program write to its directory"
        case EROFS: "mount the token file's file system for writing, or keep the token elsewhere with --token-file"
        case ENOSPC, EDQUOT: "make room on the disk"
        case EFBIG: "allow larger files (ulimit -f), or keep the token elsewhere with --token-file"
        case ENOENT, ENOTDIR: "make the token file's directory"
        case EBUSY: "mount the token file's directory, not the file alone"
        default: "mend that, or keep the token elsewhere with --token-file"
        }
    }

    /// Whether it is the place that no new file can take the file's name in, while the file itself may still be written.
    package var isOfThePlace: Bool {
        [EACCES, EPERM, EROFS, EBUSY, EXDEV, EISDIR, ENAMETOOLONG].contains(code)
    }

    /// Whether this reason why a file can't be written in place is what there is to mend, and not the one why no new file can take its
    /// name: a disk that is full is, a file that is as closed as its directory is not, and a mounted file has to be opened only.
    func isToBeMended(rather asWhole: FileError) -> Bool {
        if code == ENOENT { return false }
        return asWhole.code == EBUSY || !isOfThePlace
    }

    /// The ``operation`` of a file that can't be written in place.
    static let openingInPlace = "open the file for writing"
}

extension FileSystem {
    package func contents(of path: String, from offset: Int, limit: Int) throws(FileError) -> [UInt8]? {
        try contents(of: path, limit: offset + limit).map { Array($0.dropFirst(offset)) }
    }

    /// Why a file is not the program's own; `nil` where it is, or where there is none.
    ///
    /// - Parameter model: The file that it lies beside.
    package func foreign(_ path: String, beside model: String) throws(FileError) -> ForeignFile? {
        try status(of: path, followingLinks: false)?.foreign(unlessOwnedBy: owners(beside: model))
    }
}
