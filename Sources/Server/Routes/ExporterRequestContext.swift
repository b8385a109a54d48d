import Hummingbird
import NIOCore
import OperatingSystem

/// What a request brings along: where it comes from.
struct ExporterRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    let localAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
        localAddress = source.channel.localAddress
    }

    /// Whether the other end has a loopback address, and so is on this machine.
    var isFromLoopback: Bool {
        (remoteAddress?.ipAddress).map { LoopbackHost.matches($0) } ?? false
    }
}
