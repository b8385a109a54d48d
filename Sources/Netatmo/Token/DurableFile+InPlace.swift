// Where no new file can take the file's name: the directory is somebody else's, the file is mounted by itself, or it is all that can be
// written on a read-only file system.

extension DurableFile {
    /// Writes as a whole; where the place does not allow that, in place, if that can be done.
    ///
    /// - Throws: Why it could not be written as a whole, which is what there is to mend.
    func placing(
        asWhole: () throws(FileError) -> Void, inPlace: () throws(FileError) -> Void
    ) throws(FileError) -> WriteWay {
        do throws(FileError) {
            try asWhole()
            return .asWhole
        } catch {
            guard error.isOfThePlace, (try? inPlace()) != nil else { throw error }
            return .inPlace(because: error)
        }
    }

    /// Writes over a file that exists.
    func overwrite(_ target: String, with bytes: [UInt8]) throws(FileError) {
        let size = try system.version(of: target).map { Int(clamping: $0.size) } ?? 0
        let file = try system.openInPlace(target)
        // Blank until it is cut off, what is left of a longer text makes no nonsense of the new one.
        let rest = max(0, min(size, Self.longestRest) - bytes.count)
        try fill(file, with: bytes + [UInt8](repeating: UInt8(ascii: " "), count: rest), cutOffAt: bytes.count)
    }

    /// In bytes; more than any file has that this program wrote.
    private static var longestRest: Int { 2 << 20 }
}

/// How bytes got into a file.
public enum WriteWay: Sendable, Hashable {
    /// In a new file that took its name: whatever happens meanwhile, it holds the old ones or the new ones.
    case asWhole
    /// Into the file itself, since no new file could take its name; a power cut in that instant can harm it.
    case inPlace(because: FileError)
}
