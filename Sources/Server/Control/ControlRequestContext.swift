import Hummingbird
import NIOCore

/// What a request over the control socket brings along: its connection, and who is at the other end of it.
struct ControlRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    let peer: PeerCredentials

    init(channel: any Channel, peer: PeerCredentials, source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        self.channel = channel
        self.peer = peer
    }

    /// Made by the server alone, which asks the kernel for the peer.
    init(source: ApplicationRequestContextSource) {
        self.init(channel: source.channel, peer: .unknown, source: source)
    }
}
