package import OperatingSystem

/// Why a token file can't be used. Its text names the file and the cause.
package struct TokenFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Cause: Error, Sendable, Hashable, Codable {
        case notJSON
        case notAnObject(found: String)
        case wrongType(attribute: String, found: String)
        /// An attribute that stands there more than once, if in other letters: which one is meant can't be said.
        case duplicate(attribute: String)
        case noToken(attribute: String)
        case unreadableExpiry
        case unencodable
        case tooLarge(limit: Int)
        case system(FileError)
        /// A pipe, a socket or a device.
        case notRegular
        /// No lock can be had where the file is.
        case noLocks(FileError)
        /// The lock's file is not the program's own, so another process may hold it in a way that can't be seen.
        case foreignLock(path: String, ForeignFile)
        case inUse(by: LockHolder?)
        /// What another process says of its own file.
        case told(reason: String, remedy: String)
    }

    /// The path as the user gave it.
    package let path: String
    package let cause: Cause

    package init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }

    /// What is wrong, without the file's path, for a place where that is known or no business of the reader's.
    package var reason: String {
        switch cause {
        case .notJSON: "not JSON; expected an object with access_token, refresh_token and expiry"
        case .notAnObject(let found): "holds \(found), expected a JSON object"
        case .wrongType(let attribute, let found): "\(attribute) is \(found), expected a string"
        case .duplicate(let attribute): "\(attribute) stands there more than once; keep the one that works"
        case .noToken(let attribute):
            "\(attribute) is no token: expected up to \(Secret.longestToken) visible ASCII characters, no blanks or line feeds"
        case .unreadableExpiry: "expiry is no RFC 3339 time such as 2026-11-23T20:17:52Z"
        case .unencodable: "its attributes can't be written as JSON"
        case .tooLarge(let limit): "larger than \(limit) bytes, this is no token file"
        case .system(let error), .noLocks(let error): "\(error)"
        case .notRegular: "no regular file"
        case .foreignLock(let lock, let reason):
            "its lock \(lock) \(reason), so another program may use the token: remove it, or keep the token elsewhere"
        case .inUse(let holder): "in use by \(holder.map(\.description) ?? "another process"); stop that one first"
        case .told(let reason, _): reason
        }
    }

    /// What may help where the file can't be written.
    package var remedy: String {
        switch cause {
        case .system(let error): error.remedy
        case .told(_, let remedy): remedy
        default: "mend that, or keep the token elsewhere with --token-file"
        }
    }

    /// Whether it is the place that no new file can be made in, while one that is there may still be written.
    package var isOfThePlace: Bool {
        if case .system(let error) = cause { error.isOfThePlace } else { false }
    }

    package var description: String {
        switch cause {
        case .inUse: "token file \(path) is \(reason)"
        case .told: reason
        default: "token file \(path): \(reason)"
        }
    }
}
