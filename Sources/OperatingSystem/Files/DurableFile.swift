import Glibc

/// A file that is replaced as a whole: after a crash, a power cut or a full disk it holds the old bytes or the new ones.
///
/// The new bytes go to a temporary file in the same directory, which is brought to the disk and then takes the file's
/// name; the directory is brought to the disk last. Foundation's atomic write is not used: on Linux it widens the file's
/// mode, replaces a symbolic link and leaves the directory out.
///
/// Where its place lets no new file take its name, the file itself is written over, if that can be done; see ``WriteWay``.
package struct DurableFile<System: FileSystem>: Sendable {
    private let path: String
    let system: System
    /// The file that this one lies beside, where it is one of the program's own: then no link is followed, and what is not the
    /// program's own under that name is not touched.
    private let model: String?

    /// A durable file at a path. A symbolic link there is followed, also one whose target does not exist yet.
    package init(path: String, system: System) {
        self.path = path
        self.system = system
        model = nil
    }

    /// A durable file of the program's own, beside another one and with that one's owner.
    ///
    /// - Parameters:
    ///   - model: The other one, which must be no link.
    ///   - suffix: What is put behind its name.
    package init(beside model: String, suffix: String, system: System) {
        path = model + suffix
        self.system = system
        self.model = model
    }

    /// The bytes, at most `limit` of them; `nil` where there is no file.
    package func read(limit: Int) throws(FileError) -> [UInt8]? {
        guard let model else { return try system.contents(of: path, limit: limit) }
        return try system.ownContents(of: path, beside: model, limit: limit)?.bytes
    }

    /// The bytes that a replacement left behind which was cut off before they took the file's name, at most `limit` of them; they may
    /// be a part only. `nil` where there are none.
    ///
    /// - Parameter isOlder: Whether those are wanted that the file changed after, or those that came after the file.
    package func unfinished(limit: Int, olderThanFile isOlder: Bool = false) throws(FileError) -> [UInt8]? {
        let target = try target()
        guard let left = try system.ownContents(of: temporary(for: target), beside: target, limit: limit) else { return nil }
        let file = try system.version(of: target)
        guard isOlder == (file.map { $0.modified > left.version.modified } ?? false) else { return nil }
        return left.bytes
    }

    /// Lets what ``unfinished(limit:)`` gave take the file's name, as the replacement that was cut off would have done. At no
    /// moment is it on no disk.
    ///
    /// - Parameter limit: How many bytes it may have.
    @discardableResult
    package func finish(limit: Int) throws(FileError) -> WriteWay {
        let target = try target()
        return try placing { () throws(FileError) in
            try system.synchronize(fileAt: temporary(for: target), beside: target)
            try place(temporary(for: target), as: target)
        } inPlace: { () throws(FileError) in
            guard let left = try system.ownContents(of: temporary(for: target), beside: target, limit: limit) else { return }
            // Until that is done it is what a power cut would leave whole.
            try overwrite(target, with: left.bytes, whichLieIn: temporary(for: target))
        }
    }

    /// Which version of the file there is; `nil` where there is none.
    package func version() throws(FileError) -> FileVersion? {
        try system.version(of: path)
    }

    /// Replaces the file's bytes; its mode is 0600 from then on, its owner stays where this process may see to that.
    ///
    /// - Returns: How the bytes got there.
    @discardableResult
    package func replace(with bytes: [UInt8]) throws(FileError) -> WriteWay {
        let target = try target()
        try requireOwn(target)
        var made: String?
        do throws(FileError) {
            return try placing { () throws(FileError) in
                let temporary = try fillTemporary(of: target, with: bytes)
                made = temporary
                // Where this fails the new bytes stay, on the disk as they are: they are of use to the next start.
                try place(temporary, as: target)
            } inPlace: { () throws(FileError) in
                try overwrite(target, with: bytes, whichLieIn: made)
            }
        } catch {
            // Under another name than the usual one no start would look for them.
            if let made, made != temporary(for: target) { try? system.remove(made) }
            throw error
        }
    }

    /// Removes the file; no error where there is none.
    package func remove() throws(FileError) {
        let target = try target()
        try requireOwn(target)
        try system.remove(target)
    }

    private func requireOwn(_ target: String) throws(FileError) {
        guard let model, let reason = try system.foreign(target, beside: model) else { return }
        throw .foreign(target, reason)
    }

    /// Creates the file that the new bytes go to. One with its name is left only where a process was killed while it wrote; the lock
    /// keeps other writers away. Where another process has put something there, that stays, and another name is taken: a
    /// foreign file keeps no token from being saved.
    private func createTemporary(for target: String) throws(FileError) -> (path: String, file: System.File) {
        let usual = temporary(for: target)
        if try system.foreign(usual, beside: model ?? target) == nil {
            try system.remove(usual)
            do throws(FileError) {
                return (usual, try system.create(usual, ownedLike: model ?? target))
            } catch {
                guard error.code == EEXIST else { throw error }
            }
        }
        let other = "\(usual)-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        return (other, try system.create(other, ownedLike: model ?? target))
    }

    /// The path after all symbolic links at its end.
    ///
    /// - Throws: ``FileError`` with `ELOOP` where links go round.
    package func target() throws(FileError) -> String {
        guard model == nil else { return path }
        return try way().last?.path ?? path
    }

    /// The names that lead to the file, by directory: its own, those of the symbolic links at the path's end, and the first one that a
    /// link leads through, which may be a link to a directory. Whoever replaces the file changes one of them, unless it is further up.
    ///
    /// - Throws: ``FileError`` where they can't be followed.
    package func names() throws(FileError) -> [String: Set<String>] {
        var names: [String: Set<String>] = [:]
        for (path, destination) in try way() {
            names[directoryOfFile(path), default: []].insert(lastName(path))
            guard let destination, !destination.hasPrefix("/"), let first = destination.split(separator: "/").first else { continue }
            names[directoryOfFile(path), default: []].insert(String(first))
        }
        return names
    }

    /// The path, then what each symbolic link at its end leads to, with what is written in the link.
    private func way() throws(FileError) -> [(path: String, destination: String?)] {
        var (way, next) = ([(path: String, destination: String?)](), path)
        for _ in 0..<40 {
            let destination = try system.destinationOfSymbolicLink(at: next)
            way.append((next, destination))
            guard let destination else { return way }
            next = destination.hasPrefix("/") ? destination : directoryOfFile(next) + "/" + destination
        }
        throw FileError(operation: "follow its symbolic links", code: ELOOP)
    }

    /// Brings bytes to the disk in the temporary file.
    ///
    /// - Parameter size: How much room there has to be, in bytes; where that is more, the disk is asked for it first.
    /// - Returns: Its path.
    func fillTemporary(of target: String, with bytes: [UInt8], roomFor size: Int = 0) throws(FileError) -> String {
        let (temporary, file) = try createTemporary(for: target)
        do {
            try fill(file, with: bytes + blanks(size - bytes.count), cutOffAt: size > bytes.count ? bytes.count : nil)
        } catch {
            try? system.remove(temporary)
            throw error
        }
        return temporary
    }

    /// Lets the temporary file take the file's name, and brings the name to the disk.
    func place(_ temporary: String, as target: String) throws(FileError) {
        try system.rename(temporary, to: target)
        try system.synchronizeDirectory(directoryOfFile(target))
    }

    /// Writes to an open file, brings that to the disk and closes the file.
    ///
    /// - Parameter size: Where the file ends; whatever is behind that goes.
    func fill(_ file: System.File, with bytes: [UInt8], cutOffAt size: Int? = nil) throws(FileError) {
        try closing(onFailure: file) { () throws(FileError) in
            try write(bytes, to: file)
            try system.synchronize(file)
            if let size {
                try system.truncate(file, to: size)
                try system.synchronize(file)
            }
        }
        try system.close(file)
    }

    /// Writes all bytes to an open file.
    func write(_ bytes: [UInt8], to file: System.File) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(try system.write(rest, to: file))
        }
    }

    /// Does something with an open file, which is closed where that fails.
    func closing(onFailure file: System.File, _ body: () throws(FileError) -> Void) throws(FileError) {
        do throws(FileError) {
            try body()
        } catch {
            try? system.close(file)
            throw error
        }
    }

    private func temporary(for target: String) -> String {
        target + ".tmp"
    }
}

/// So many blanks, and none where that is less than one: behind a JSON document they mean nothing.
func blanks(_ count: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: " "), count: max(0, count))
}

/// The directory that a path's last name is in.
package func directoryOfFile(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A path's last name.
func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
