// Where no new file can take the file's name: the directory is another user's, the file is mounted by itself, or it is all that can be
// written on a read-only file system.

extension DurableFile {
    /// Writes as a whole; where the place does not allow that, in place, if that can be done.
    ///
    /// - Throws: What there is to mend: why it could not be written as a whole, or why not in place where that is another reason.
    func placing(asWhole: () throws(FileError) -> Void, inPlace: () throws(FileError) -> Void) throws(FileError) -> WriteWay {
        do throws(FileError) {
            try asWhole()
            return .asWhole
        } catch {
            guard error.isOfThePlace else { throw error }
            let asWhole = error
            do throws(FileError) {
                try inPlace()
            } catch {
                throw error.isToBeMended(rather: asWhole) ? error : asWhole
            }
            return .inPlace(because: asWhole)
        }
    }

    /// Writes over a file that exists, with what lies whole beside it; that stays until it is no longer needed.
    ///
    /// - Parameter temporary: Where it lies; `nil` where it does not.
    func overwrite(_ target: String, with bytes: [UInt8], whichLieIn temporary: String?) throws(FileError) {
        do {
            try overwrite(target, with: bytes)
        } catch {
            // What was begun made the file the newer of the two.
            if let temporary { try? system.touch(temporary) }
            throw error
        }
        if let temporary { try? system.remove(temporary) }
    }

    /// Writes over a file that exists. Where there is no room for that, it stays as it was.
    ///
    /// - Parameter size: How much room there has to be, in bytes; at least as many as there are to be written.
    func overwrite(_ target: String, with bytes: [UInt8], roomFor size: Int = 0) throws(FileError) {
        let before = try system.version(of: target).map { Int(clamping: $0.size) } ?? 0
        let file = try system.openInPlace(target)
        let room = max(before, bytes.count, size)
        if room > before {
            try closing(onFailure: file) { () throws(FileError) in try extend(file, from: before, to: room) }
        }
        // Blank until it is cut off, what is left of a longer text makes no nonsense of the new one.
        try fill(file, with: bytes + blanks(min(room, Self.longestRest) - bytes.count), cutOffAt: bytes.count)
    }

    /// Brings blanks to the disk behind the end of an open file, which mean nothing there, and goes back to its first byte.
    private func extend(_ file: System.File, from size: Int, to room: Int) throws(FileError) {
        do {
            try system.seek(file, to: size)
            try write(blanks(room - size), to: file)
            try system.synchronize(file)
            try system.seek(file, to: 0)
        } catch {
            try? system.truncate(file, to: size)
            throw error
        }
    }

    /// In bytes; more than any file has that this program wrote.
    private static var longestRest: Int { 2 << 20 }
}

/// How bytes got into a file.
package enum WriteWay: Sendable, Hashable {
    /// In a new file that took its name: whatever happens meanwhile, it holds the old ones or the new ones.
    case asWhole
    /// Into the file itself, since no new file could take its name; a power cut in that instant can harm it.
    case inPlace(because: FileError)
}
