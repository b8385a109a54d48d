import EngineAPI
package import Homes
package import OperatingSystem

/// Why an export can't go on. What there is of it stays.
package enum ExportError: Error, Sendable, Hashable {
    /// The user or the system wants it to end.
    case interrupted
    case noToken
    /// NetAtmo does not give the past of a module, which no wait changes.
    case refused(module: String, NetatmoError)
    /// The engine does not know the module.
    case unknownModule(String)
    /// The engine that it went through does not answer any more.
    case engineGone
    /// Another process exports to the same file.
    case underWay(path: String, processID: Int32?)
    /// A file can't be written or read.
    case file(path: String, FileError)
    /// Standard output can't be written.
    case output(FileError)
    /// What was left of an export does not fit together.
    case damaged(path: String, reason: String)
}

extension ExportError {
    /// Whether it lies with one device: the others can be had all the same. A token that does not allow rooms allows the modules.
    func lies(with device: ExportedDevice) -> Bool {
        switch self {
        case .refused(_, let error): error.kind == .refused || error.kind == .wrongScope && device.subject.isOfHeating
        case .unknownModule: true
        case .interrupted, .noToken, .engineGone, .underWay, .file, .output, .damaged: false
        }
    }

    /// Whether `--resume` goes on behind it.
    package var canBeResumed: Bool {
        switch self {
        case .underWay, .damaged: false
        case .interrupted, .noToken, .refused, .unknownModule, .engineGone, .file, .output: true
        }
    }
}

extension ExportError: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .interrupted: "interrupted"
        case .noToken: "there is no token that works: sign in, then go on"
        case .refused(let module, let error): "NetAtmo does not give the past of \(module): \(error)"
        case .unknownModule(let module): "the engine that runs knows no module \(module), or is of a release without exports"
        case .engineGone: "the engine that runs does not answer any more"
        case .underWay(let path, let processID):
            "an export to \(path) is under way" + (processID.map { " (process \($0))" } ?? "")
                + ": wait for its end, or name another --output"
        case .file(let path, let error): "\(path): \(error)"
        case .output(let error): "standard output: \(error)"
        case .damaged(let path, let reason): "\(path): \(reason)"
        }
    }
}
