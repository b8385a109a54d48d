package import AsyncHTTPClient
import NIOCore
import NIOSSL

/// How requests leave this machine: whose word on a server is taken, and by which way.
package struct OutboundNetwork: Sendable {
    /// Who vouches for servers.
    package let authorities: CertificateAuthorities
    /// What carries the requests; `nil` for the direct way.
    package let proxy: HTTPProxy?

    /// Creates a way. Without anything said it is direct, and trusts whom the system trusts.
    package init(authorities: CertificateAuthorities = .system, proxy: HTTPProxy? = nil) {
        self.authorities = authorities
        self.proxy = proxy
    }

    /// How the client has to be set up: TLS 1.2 at least, 10 s to connect, no redirect, since one would carry the secrets elsewhere.
    package var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10), read: TimeAmount(HTTPTransport.requestLimit))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.tlsConfiguration = tlsConfiguration
        configuration.proxy = proxy?.configuration
        return configuration
    }

    var tlsConfiguration: TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        // RFC 8996 took those before out of use.
        tls.minimumTLSVersion = .tlsv12
        tls.trustRoots = authorities.trustRoots
        return tls
    }
}
