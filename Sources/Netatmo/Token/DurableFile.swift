import Glibc

/// A file that is replaced as a whole: after a crash, a power cut or a full disk it holds the old bytes or the new ones.
///
/// The new bytes go to a temporary file in the same directory, which is brought to the disk and then takes the file's
/// name; the directory is brought to the disk last. Foundation's atomic write is not used: on Linux it widens the file's
/// mode, replaces a symbolic link and leaves the directory out.
public struct DurableFile<System: FileSystem>: Sendable {
    private let path: String
    private let system: System

    /// A durable file at a path. A symbolic link there is followed, also one whose target does not exist yet.
    public init(path: String, system: System) {
        self.path = path
        self.system = system
    }

    /// The bytes, at most `limit` of them; `nil` where there is no file.
    public func read(limit: Int) throws(FileError) -> [UInt8]? {
        try system.contents(of: path, limit: limit)
    }

    /// The bytes that a replacement left behind which was cut off before they took the file's name, at most `limit` of them; they may
    /// be a part only. `nil` where there are none.
    ///
    /// - Parameter isOlder: Whether those are wanted that the file changed after, or those that came after the file.
    public func unfinished(limit: Int, olderThanFile isOlder: Bool = false) throws(FileError) -> [UInt8]? {
        let target = try target()
        guard let left = try system.version(of: temporary(for: target)),
            try system.destinationOfSymbolicLink(at: temporary(for: target)) == nil
        else { return nil }
        let file = try system.version(of: target)
        guard isOlder == (file.map { $0.modified > left.modified } ?? false) else { return nil }
        return try system.contents(of: temporary(for: target), limit: limit)
    }

    /// Lets what ``unfinished(limit:)`` gave take the file's name, as the replacement that was cut off would have done. At no
    /// moment is it on no disk.
    public func finish() throws(FileError) {
        let target = try target()
        try system.synchronize(fileAt: temporary(for: target))
        try system.rename(temporary(for: target), to: target)
        try system.synchronizeDirectory(Self.directory(of: target))
    }

    /// Which version of the file there is; `nil` where there is none.
    public func version() throws(FileError) -> FileVersion? {
        try system.version(of: path)
    }

    /// Replaces the file's bytes; its mode is 0600 from then on, its owner stays where this process may see to that.
    ///
    /// - Parameter model: Another file whose owner it gets.
    public func replace(with bytes: [UInt8], ownedLike model: String? = nil) throws(FileError) {
        let target = try target()
        let temporary = temporary(for: target)
        // One is left only where a process was killed while it wrote; the lock keeps other writers away.
        try system.remove(temporary)
        let file = try system.create(temporary, ownedLike: model ?? target)
        do {
            try fill(file, with: bytes)
        } catch {
            try? system.remove(temporary)
            throw error
        }
        // Where this fails the new bytes stay, on the disk as they are: they are of use to whoever starts next.
        try system.rename(temporary, to: target)
        try system.synchronizeDirectory(Self.directory(of: target))
    }

    /// Removes the file; no error where there is none.
    public func remove() throws(FileError) {
        try system.remove(try target())
    }

    /// The path after all symbolic links at its end.
    ///
    /// - Throws: ``FileError`` with `ELOOP` where links go round.
    public func target() throws(FileError) -> String {
        var target = path
        for _ in 0..<40 {
            guard let destination = try system.destinationOfSymbolicLink(at: target) else { return target }
            target = destination.hasPrefix("/") ? destination : Self.directory(of: target) + "/" + destination
        }
        throw FileError(operation: "follow its symbolic links", code: ELOOP)
    }

    private func fill(_ file: System.File, with bytes: [UInt8]) throws(FileError) {
        do {
            var rest = bytes[...]
            while !rest.isEmpty {
                rest = rest.dropFirst(try system.write(rest, to: file))
            }
            try system.synchronize(file)
        } catch {
            try? system.close(file)
            throw error
        }
        try system.close(file)
    }

    private func temporary(for target: String) -> String {
        target + ".tmp"
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
