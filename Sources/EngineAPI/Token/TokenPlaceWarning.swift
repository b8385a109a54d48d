package import OperatingSystem

/// Something about the place of the token file that lets others get at the token, or in its way.
package enum TokenPlaceWarning: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Others may write to its directory.
    case sharedDirectory(path: String, mode: UInt32)
    /// The file is another user's, who can read each token in it.
    case foreignFile(path: String, owner: UInt32)
    /// The path is a symbolic link that another user made, and can lead elsewhere.
    case foreignLink(path: String, owner: UInt32)
    /// A file beside it has a name of this program's and is not its own.
    case foreignNeighbour(path: String, ForeignFile)

    package var description: String {
        switch self {
        case .sharedDirectory(let path, let mode):
            "other users may write to the token file's directory \(path) (mode \(String(mode, radix: 8))): give it one of its own, mode 700"
        case .foreignFile(let path, let owner):
            "the token file \(path) belongs to user \(owner), who can read and replace the token in it"
        case .foreignLink(let path, let owner):
            "the token file \(path) is a symbolic link of user \(owner), who can lead it to another file"
        case .foreignNeighbour(let path, let reason): "\(path) \(reason): it is not this program's, and is left alone"
        }
    }
}
