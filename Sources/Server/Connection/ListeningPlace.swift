import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Where a server listens.
enum ListeningPlace: Sendable {
    /// A place that is to be bound.
    case address(BindAddress)
    /// A socket that listens already, and is the service manager's: it is left as it is.
    case inherited(descriptor: Int32)
}

extension ServerChildChannel {
    /// A server of such connections.
    ///
    /// - Parameters:
    ///   - mostOpen: So many connections may be open; `nil` for any number.
    ///   - onRunning: Gets the listening channel once it accepts connections.
    func server(
        at place: ListeningPlace, mostOpen: Int? = nil, logger: Logger, onRunning: @escaping @Sendable (any Channel) async -> Void
    ) -> any Service {
        let bound = mostOpen.map { MaximumAvailableConnections($0, logger: logger) }
        return switch place {
        case .address(let address):
            server(
                configuration: ServerConfiguration(address: address, availableConnectionsDelegate: bound), onServerRunning: onRunning,
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        case .inherited(let descriptor):
            InheritedServer(descriptor: descriptor, connection: self, bound: bound, logger: logger, onRunning: onRunning)
        }
    }
}
