import Glibc

// Whether a replacement would work, found out without changing anything.

extension DurableFile {
    /// Replaces the file by itself, byte for byte. Where there is none, a file is made beside its place, and removed.
    ///
    /// - Parameters:
    ///   - limit: How many bytes the file may have.
    ///   - successor: How many bytes there has to be room for, by those that the file has; none where there is no file.
    /// - Throws: ``FileError`` where neither way works, or with `EFBIG` where the file is larger.
    package func prove(limit: Int, successor: ([UInt8]) -> Int) throws(FileError) -> WriteProof {
        let target = try target()
        // A user who replaces the file meanwhile must not find the old one in its place.
        for _ in 0..<10 {
            guard let version = try system.version(of: target), let bytes = try system.contents(of: target, limit: limit + 1) else {
                try proveWithoutFile(target, size: successor([]))
                return WriteProof(way: .asWhole)
            }
            guard bytes.count <= limit else { throw FileError(operation: "write a file of that size", code: EFBIG) }
            let before = try system.status(of: target, followingLinks: true)?.mode
            guard let way = try rewrite(target, bytes, roomFor: successor(bytes), of: version) else { continue }
            let after = (try? system.status(of: target, followingLinks: true))?.mode
            return WriteProof(way: way, modes: before.flatMap { before in after.map { .init(before: before, after: $0) } })
        }
        throw FileError(operation: "write a file that changes all the time", code: EAGAIN)
    }

    /// - Returns: `nil` where the file is another version by now.
    private func rewrite(_ target: String, _ bytes: [UInt8], roomFor size: Int, of version: FileVersion) throws(FileError) -> WriteWay? {
        var isCurrent = true
        var made: String?
        // What did not take the file's name is not needed: the file has the same bytes.
        defer { if let made, (try? system.contents(of: target, limit: bytes.count + 1)) == bytes { try? system.remove(made) } }
        let way = try placing { () throws(FileError) in
            let temporary = try fillTemporary(of: target, with: bytes, roomFor: size)
            made = temporary
            isCurrent = try system.version(of: target) == version
            guard isCurrent else { return try system.remove(temporary) }
            try place(temporary, as: target)
            made = nil
        } inPlace: { () throws(FileError) in
            isCurrent = try system.version(of: target) == version
            if isCurrent { try overwrite(target, with: bytes, roomFor: size) }
        }
        return isCurrent ? way : nil
    }

    private func proveWithoutFile(_ target: String, size: Int) throws(FileError) {
        // As much as a token takes, and nothing that could be taken for one.
        try system.remove(try fillTemporary(of: target, with: blanks(size)))
    }
}

/// That a file can be replaced.
package struct WriteProof: Sendable, Hashable {
    /// The permission bits of the file before and after it; 0600 then, where this process may see to that.
    package struct Modes: Sendable, Hashable {
        package let before: UInt32
        package let after: UInt32
    }

    package let way: WriteWay
    /// `nil` where there is no file.
    package let modes: Modes?

    package init(way: WriteWay, modes: Modes? = nil) {
        self.way = way
        self.modes = modes
    }
}
