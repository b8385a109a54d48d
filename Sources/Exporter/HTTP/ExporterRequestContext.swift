import Hummingbird
import Logging
import NIOCore

/// What a request brings along: where it comes from.
struct ExporterRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection.
    let remoteAddress: SocketAddress?
    /// This end of the connection.
    private let localAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
        localAddress = source.channel.localAddress
    }

    /// Whether the other end is this machine: by a loopback address, or by the same address that it connected to.
    var isFromThisMachine: Bool {
        guard let address = remoteAddress?.ipAddress else { return false }
        return address == localAddress?.ipAddress || address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
