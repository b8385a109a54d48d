package import EngineAPI
import Netatmo
package import OperatingSystem

/// Where the authorization is kept over restarts.
package protocol TokenStorage: Sendable {
    /// What is stored; `nil` where there is nothing.
    func read() throws(TokenFileError) -> TokenAttributes?
    /// What a write that was cut off left behind, if that is whole: it is newer than what is stored. `nil` where there is nothing.
    func readUnfinished() -> TokenAttributes?
    /// Stores that, as the write would have done.
    func finish() throws(TokenFileError) -> WriteWay
    /// What may work where NetAtmo refuses what is stored; `nil` where there is nothing.
    ///
    /// - Parameter known: The refresh token that is stored, which would be no help.
    func readPrevious(besides known: Secret) -> TokenAttributes?
    /// Keeps that beside what is stored, safe from a crash.
    func keepPrevious(_ attributes: TokenAttributes) throws(TokenFileError)
    /// Keeps it no longer.
    func forgetPrevious()
    /// Which version of it is stored; `nil` where there is nothing. It changes with each write, also of another process.
    func version() throws(TokenFileError) -> FileVersion?
    /// When to look at that: a version that was the same at two looks in a row has come to rest.
    var looks: AsyncStream<Void> { get }
    /// Stores a token; afterwards it is safe from a crash.
    func write(_ token: Token) throws(TokenFileError) -> WriteWay
    /// Proves that a write works, and changes nothing of what is stored.
    func prove() throws(TokenFileError) -> WriteProof
    /// What lets others get at it, or stands in its way. To be told, no more: whatever is read or written is looked at by itself.
    func placeWarnings() -> [TokenPlaceWarning]
}

extension TokenStorage {
    /// Every two seconds, where nothing better is known.
    package var looks: AsyncStream<Void> { .everyTwoSeconds }
}

/// The file that keeps the authorization over restarts, in netatmo-exporter's form.
package struct TokenFile<System: FileSystem>: TokenStorage {
    /// The path as the user gave it.
    package let path: String
    private let file: DurableFile<System>
    private let system: System

    /// A token file at a path; nothing is read or created yet.
    package init(path: String, system: System) {
        self.path = path
        self.system = system
        file = DurableFile(path: path, system: system)
    }

    /// Reads the file and leaves it as it is.
    package func read() throws(TokenFileError) -> TokenAttributes? {
        do {
            guard let bytes = try file.read(limit: TokenAttributes.longestFile + 1) else { return nil }
            guard bytes.count <= TokenAttributes.longestFile else {
                throw TokenFileError.Cause.tooLarge(limit: TokenAttributes.longestFile)
            }
            // An empty one of another kind, such as a pipe or /dev/null, is not to be replaced.
            if try bytes.isEmpty && system.status(of: path, followingLinks: true)?.kind == .other { throw TokenFileError.Cause.notRegular }
            return try TokenAttributes(json: bytes)
        } catch let cause as TokenFileError.Cause {
            throw TokenFileError(path: path, cause: cause)
        } catch let error as FileError {
            throw TokenFileError(path: path, cause: .system(error))
        } catch {
            throw TokenFileError(path: path, cause: .notJSON)
        }
    }

    /// What a write left behind that was cut off, by `kill -9` or a crash, before the new file took the old one's name.
    ///
    /// NetAtmo had killed the old pair by then, so it is the only one that works.
    package func readUnfinished() -> TokenAttributes? {
        guard let bytes = try? file.unfinished(limit: TokenAttributes.longestFile), !JSONMemberNames.isBlank(bytes) else { return nil }
        return try? TokenAttributes(json: bytes)
    }

    /// Lets what ``readUnfinished()`` gave take the file's name.
    ///
    /// - Throws: ``TokenFileError`` where that can't be done; it is then where it was.
    @discardableResult
    package func finish() throws(TokenFileError) -> WriteWay {
        try named { () throws(FileError) in try file.finish(limit: TokenAttributes.longestFile) }
    }

    /// What may work where NetAtmo refuses the file's token: the token before it, which was kept when the user replaced the file; or
    /// what is left of a write that is older than the file, by a clock that may have been set back meanwhile.
    package func readPrevious(besides known: Secret) -> TokenAttributes? {
        let candidates = [
            try? file.unfinished(limit: TokenAttributes.longestFile, olderThanFile: true),
            try? previous().read(limit: TokenAttributes.longestFile),
        ]
        return candidates.compactMap { bytes in (bytes ?? nil).flatMap { try? TokenAttributes(json: $0) } }
            .first { $0.refreshToken != nil && $0.refreshToken != known }
    }

    /// Keeps a token in a file of its own, `.previous` behind the token file's name.
    package func keepPrevious(_ attributes: TokenAttributes) throws(TokenFileError) {
        let json = try json(of: attributes)
        _ = try named { () throws(FileError) in try previous().replace(with: json) }
    }

    /// Removes it. Where that fails it stays, and is of no harm: the file's token comes first.
    package func forgetPrevious() {
        try? previous().remove()
    }

    private func previous() throws(FileError) -> DurableFile<System> {
        DurableFile(beside: try file.target(), suffix: ".previous", system: system)
    }

    /// Which version of the file there is, without reading it.
    package func version() throws(TokenFileError) -> FileVersion? {
        try named { () throws(FileError) in try file.version() }
    }

    /// When something happened to the file, where its file system tells that; else every two seconds.
    package var looks: AsyncStream<Void> {
        guard let watch = DirectoryWatch() else { return .everyTwoSeconds }
        return .looks(FileLooks(at: { [file] in try? file.names() }, by: watch))
    }

    /// Replaces the file by one that holds the token; afterwards it is on the disk.
    ///
    /// - Throws: ``TokenFileError`` where it can't be written; the file is then as it was, or, where only its directory could
    ///   not be brought to the disk, the new one as a whole.
    @discardableResult
    package func write(_ token: Token) throws(TokenFileError) -> WriteWay {
        let json = try json(of: TokenAttributes(token))
        return try named { () throws(FileError) in try file.replace(with: json) }
    }

    /// Writes what the file holds once more, byte for byte, after it got room for other tokens; where there is no file, one beside it
    /// that is removed again.
    ///
    /// - Returns: How a write works, and what became of the file's mode.
    package func prove() throws(TokenFileError) -> WriteProof {
        try named { () throws(FileError) in try file.prove(limit: TokenAttributes.longestFile, successor: TokenAttributes.usualSuccessor) }
    }

    /// The directory that the file is in, or is to be in, after all symbolic links at the path's end.
    package func directory() throws(TokenFileError) -> String {
        try named { () throws(FileError) in directoryOfFile(try file.target()) }
    }

    /// Looks at the directory, at who owns the file, and at what lies beside it under a name of ours.
    package func placeWarnings() -> [TokenPlaceWarning] {
        guard let target = try? file.target() else { return [] }
        let owners = system.owners(beside: target)
        var warnings: [TokenPlaceWarning] = []
        for directory in [target, path].map(directoryOfFile).unique {
            if let status = try? system.status(of: directory, followingLinks: true), status.isWritableByOthers {
                warnings.append(.sharedDirectory(path: directory, mode: status.mode))
            }
        }
        // Root's links lead where root wants them to.
        if let link = try? system.status(of: path, followingLinks: false), link.kind == .symbolicLink,
            !owners.contains(link.owner), link.owner != 0
        {
            warnings.append(.foreignLink(path: path, owner: link.owner))
        }
        if let file = try? system.status(of: target, followingLinks: false), !owners.contains(file.owner) {
            warnings.append(.foreignFile(path: target, owner: file.owner))
        }
        for neighbour in [".tmp", ".previous"].map({ target + $0 }) {
            guard let reason = (try? system.foreign(neighbour, beside: target)) ?? nil else { continue }
            warnings.append(.foreignNeighbour(path: neighbour, reason))
        }
        return warnings
    }

    /// The lock's own file, which is beside the file that a symbolic link leads to.
    package func lockPath() throws(TokenFileError) -> String {
        try named { () throws(FileError) in try file.target() + ".lock" }
    }

    /// Makes this process the one owner of the file.
    ///
    /// - Parameter holder: Who asks, told to the next one who does.
    /// - Returns: The lock, which holds until it is released.
    /// - Throws: ``TokenFileError`` with ``TokenFileError/Cause/inUse(by:)`` where another process has it, with
    ///   ``TokenFileError/Cause/noLocks(_:)`` where none can be had in this place, which is no reason not to work, and with another
    ///   cause where another process may have it unseen.
    package func lock(for holder: LockHolder) throws(TokenFileError) -> FileLock {
        // Beside the file that a symbolic link leads to, so that two links to one file are one lock.
        let target = try named { () throws(FileError) in try file.target() }
        do throws(FileLock.Failure) {
            return try lock(of: target, for: holder)
        } catch {
            switch error {
            case .held(let other): throw TokenFileError(path: path, cause: .inUse(by: other))
            case .none(let error): throw TokenFileError(path: path, cause: .noLocks(error))
            case .foreign(let lock, let reason): throw TokenFileError(path: path, cause: .foreignLock(path: lock, reason))
            case .system(let error): throw TokenFileError(path: path, cause: .system(error))
            }
        }
    }

    /// The lock beside the file; where none can be made there, no other file can either, so that the token file is written in place and
    /// a lock on itself holds as long.
    private func lock(of target: String, for holder: LockHolder) throws(FileLock.Failure) -> FileLock {
        do throws(FileLock.Failure) {
            return try FileLock(path: target + ".lock", holder: holder, ownedLike: target)
        } catch {
            guard case .none(let reason) = error else { throw error }
            do throws(FileLock.Failure) {
                return try FileLock(on: target)
            } catch {
                guard case .none = error else { throw error }
                throw .none(reason)
            }
        }
    }

    private func json(of attributes: TokenAttributes) throws(TokenFileError) -> [UInt8] {
        do {
            return try attributes.json()
        } catch {
            throw TokenFileError(path: path, cause: error)
        }
    }

    /// Says of which file an error of the operating system is.
    private func named<Value>(_ body: () throws(FileError) -> Value) throws(TokenFileError) -> Value {
        do {
            return try body()
        } catch {
            throw TokenFileError(path: path, cause: .system(error))
        }
    }
}

extension Array where Element: Hashable {
    /// The elements without those that were there before, in their order.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
