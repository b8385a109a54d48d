import Engine
import EngineAPI
import Glibc
import Hummingbird
import NIOCore

/// Where browsers find this exporter, and which of their requests come from this machine.
struct ExporterSite: Sendable {
    /// How browsers reach the exporter, where they do not come to its own address.
    private let externalURL: ExternalURL?
    /// Whether its own address takes TLS.
    private let servesTLS: Bool
    /// The port that the exporter listens on, once it does.
    private let port: @Sendable () -> Int?
    /// Whose process sent a request over loopback, by its end of the connection and ours; `nil` where that can't be told.
    private let peer: @Sendable (_ peer: SocketAddress, _ own: SocketAddress) -> UInt32?

    init(
        externalURL: String?, servesTLS: Bool = false, port: @escaping @Sendable () -> Int?,
        peer: @escaping @Sendable (_ peer: SocketAddress, _ own: SocketAddress) -> UInt32? = LoopbackPeer.user
    ) {
        self.externalURL = externalURL.map { ExternalURL($0) }
        self.servesTLS = servesTLS
        self.port = port
        self.peer = peer
    }

    /// What stands before each path in a browser, such as `/netatmo`; empty where nothing does.
    var prefix: String { externalURL?.prefix ?? "" }
    /// Whether browsers come by TLS.
    var isSecure: Bool { externalURL?.isSecure ?? servesTLS }
    /// What the exporter's own address begins with.
    var ownScheme: String { servesTLS ? "https" : "http" }

    /// The address of a path for a browser, without the host: it works behind the proxy, and at the exporter's own address as well.
    func address(of path: ExporterPath) -> String {
        prefix + path.rawValue
    }

    /// Whether a request was sent from this machine, by a browser or a command that came here straight. Where that can't be told
    /// for sure, it was not.
    func isFromThisMachine(_ request: Request, context: ExporterRequestContext) -> Bool {
        !(externalURL?.isPublic ?? false) && context.isFromLoopback && ownAuthority(of: request) != nil && request.headers.showNoProxy
            && isFromPerson(context)
    }

    /// A proxy on this machine that adds nothing and keeps its connections looks like a browser; but it is no person's program.
    private func isFromPerson(_ context: ExporterRequestContext) -> Bool {
        guard let remote = context.remoteAddress, let local = context.localAddress, let user = peer(remote, local) else { return false }
        return LoopbackPeer.isPerson(user, programsOwn: geteuid())
    }

    /// The name by which a browser of this machine asked for this exporter; `nil` for any other one.
    func ownAuthority(of request: Request) -> LoopbackAuthority? {
        guard let authority = request.head.authority, let port = port() else { return nil }
        return LoopbackAuthority(authority, port: port, usualPort: servesTLS ? 443 : 80)
    }
}
