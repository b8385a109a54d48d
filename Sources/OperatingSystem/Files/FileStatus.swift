import Glibc

/// What a file is, as `stat` tells.
package struct FileStatus: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A file with bytes of its own.
        case regular
        case directory
        /// A symbolic link that was not followed.
        case symbolicLink
        /// A pipe, a socket or a device.
        case other
    }

    package let kind: Kind
    package let owner: UInt32
    /// How many names it has.
    package let links: UInt64
    /// Its permission bits, the sticky bit with them.
    package let mode: UInt32
    package let version: FileVersion
}

/// Why a file that has a name of this program's is not taken for its own: in a directory that others may write to, any of them can give
/// a file that name.
package enum ForeignFile: Sendable, Hashable, Codable, CustomStringConvertible {
    /// A symbolic link, wherever it leads.
    case symbolicLink
    case directory
    /// A pipe, a socket or a device.
    case notRegular
    /// It has other names too, under which another user may keep it.
    case otherNames
    case owner(UInt32)

    /// A predicate, such as `is a directory`.
    package var description: String {
        switch self {
        case .symbolicLink: "is a symbolic link"
        case .directory: "is a directory"
        case .notRegular: "is no regular file"
        case .otherNames: "is a hard link, one of several names of a file"
        case .owner(let user): "belongs to user \(user)"
        }
    }
}

extension FileStatus {
    /// Why this is not the program's own file; `nil` where it is.
    ///
    /// - Parameter owners: The users whose files are its own.
    package func foreign(unlessOwnedBy owners: Set<UInt32>) -> ForeignFile? {
        switch kind {
        case .symbolicLink: .symbolicLink
        case .directory: .directory
        case .other: .notRegular
        case .regular where !owners.contains(owner): .owner(owner)
        case .regular: links == 1 ? nil : .otherNames
        }
    }

    /// Whether its group or others may write to it.
    package var isWritableByOthers: Bool { mode & 0o022 != 0 }
}

extension FileError {
    /// A file is not the program's own, and is not touched for that.
    static func foreign(_ path: String, _ reason: ForeignFile) -> FileError {
        FileError(operation: "use \(lastName(path)), which \(reason)", code: EPERM, foreign: reason)
    }
}
