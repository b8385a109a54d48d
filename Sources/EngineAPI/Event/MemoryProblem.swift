package import OperatingSystem

/// What stands in the way of what the engine remembers over restarts. Nothing else comes of it.
package struct MemoryProblem: Sendable, Hashable, Codable {
    package enum Cause: Sendable, Hashable, Codable {
        case unreadable(FileError)
        /// It is larger than any that this program writes.
        case tooLarge(limit: Int)
        /// Another release wrote it, in a form that this one does not know.
        case otherForm
        /// So many lines are none of this program's, or only a part of one.
        case damaged(lines: Int)
        case unwritable(FileError)
        /// What has its name is not the program's own, and is left alone.
        case foreign(ForeignFile)
    }

    /// The file's name, without its directory.
    let file: String
    let cause: Cause

    package init(file: String, cause: Cause) {
        self.file = file
        self.cause = cause
    }

    /// What is wrong, and what follows from it.
    var text: String {
        switch cause {
        case .unreadable(let error): "what was remembered in \(file) is lost, it can't be read: \(error)"
        case .tooLarge(let limit): "what was remembered in \(file) is lost, it is larger than \(limit) bytes"
        case .foreign(let reason):
            "\(file) \(reason), where a regular file of the user who runs this program is expected: it is left alone, and nothing is "
                + "remembered over a restart until it is moved away"
        case .otherForm: "what another release remembered in \(file) is lost, this one can't read it"
        case .damaged(1): "a line of \(file) can't be read and is left out"
        case .damaged(let lines): "\(lines) lines of \(file) can't be read and are left out"
        case .unwritable(let error): "\(file) can't be written, a restart forgets what it is for: \(error); \(error.remedy)"
        }
    }
}
