import OperatingSystem

/// Reads a file that the user named.
enum WholeFile {
    /// What is expected in place of what is there.
    struct Fault: Error {
        let expected: String
    }

    /// - Parameters:
    ///   - limit: How long it may be, in bytes.
    ///   - isSecret: Whether nobody but its owner and group may read it.
    static func bytes(of path: String, in files: some FileSystem, limit: Int, isSecret: Bool = false) throws(Fault) -> [UInt8] {
        do {
            guard let status = try files.status(of: path, followingLinks: true) else {
                throw Fault(expected: "a file that exists, not \(path.harmlessLine(limit: 200))")
            }
            guard status.kind == .regular else { throw Fault(expected: "a regular file") }
            guard status.mode & 0o002 == 0 else { throw Fault(expected: "a file that not everybody can write to: chmod o-w") }
            guard !isSecret || status.mode & 0o004 == 0 else {
                throw Fault(expected: "a file that not everybody can read: chmod o-r")
            }
            guard let bytes = try files.contents(of: path, limit: limit + 1) else { throw Fault(expected: "a file that exists") }
            guard bytes.count <= limit else { throw Fault(expected: "a file of at most \(limit) bytes") }
            return bytes
        } catch let error as Fault {
            throw error
        } catch {
            throw Fault(expected: "a readable file (\(error))")
        }
    }
}
