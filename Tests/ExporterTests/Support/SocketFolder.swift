import Foundation
import Glibc

@testable import OperatingSystem

/// A directory of a short path, for sockets: an address holds 107 bytes. It is removed with the value.
final class SocketFolder: Sendable {
    let path: String

    /// Makes it, for its owner alone.
    init() throws {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/c-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EACCES) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func socket(_ name: String = "s") -> UnixSocket {
        UnixSocket(path: "\(path)/\(name)")
    }
}

/// What a socket or another file is, as the file system has it.
struct FileFacts {
    let isSocket: Bool
    /// Who may do what.
    let permissions: mode_t
    let group: UInt32

    /// - Returns: `nil` where there is nothing.
    init?(_ path: String) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path), let mode = modeOfFile(path),
            let group = attributes[.groupOwnerAccountID] as? NSNumber
        else { return nil }
        isSocket = attributes[.type] as? FileAttributeType == .typeSocket
        permissions = mode
        self.group = group.uint32Value
    }
}
