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

    /// - Returns: `nil` where the connection is no Unix-domain socket. It fails where the connection is gone.
    static func credentials(of channel: any Channel) -> EventLoopFuture<PeerCredentials>? {
        guard let socket = channel as? any SocketOptionProvider else { return nil }
        let record: EventLoopFuture<Record> = socket.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED))
        return record.map { PeerCredentials(processID: $0.processID, userID: $0.userID) }
    }

    /// - Returns: `nil` where the connection is gone, or is no Unix-domain socket.
    init?(of channel: any Channel) async {
        guard let credentials = try? await Self.credentials(of: channel)?.get() else { return nil }
        self = credentials
    }

    static let unknown = PeerCredentials(processID: 0, userID: .max)

    init(processID: Int32, userID: UInt32) {
        self.processID = processID
        self.userID = userID
    }

    /// For the log: `uid 1000, pid 4711`.
    var description: String { "uid \(userID), pid \(processID)" }
}
