import Glibc
import NIOCore

/// Who is at the other end of a Unix-domain socket, as the kernel says it (`SO_PEERCRED`, unix(7)): nothing that the peer tells.
struct PeerCredentials: Sendable, Hashable, CustomStringConvertible {
    let processID: Int32
    let userID: UInt32

    /// `struct ucred`, which Swift's Glibc does not show.
    private struct Record: Sendable {
        var processID: Int32 = 0
        var userID: UInt32 = 0
        var groupID: UInt32 = 0
    }

    /// - Returns: `nil` where the connection is gone, or is no Unix-domain socket.
    init?(of channel: any Channel) async {
        guard let socket = channel as? any SocketOptionProvider,
            let record: Record = try? await socket.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED)).get()
        else { return nil }
        processID = record.processID
        userID = record.userID
    }

    static let unknown = PeerCredentials(processID: 0, userID: .max)

    private init(processID: Int32, userID: UInt32) {
        self.processID = processID
        self.userID = userID
    }

    /// For the log: `uid 1000, pid 4711`.
    var description: String { "uid \(userID), pid \(processID)" }
}
