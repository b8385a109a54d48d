import FoundationEssentials
package import Logging
package import NIOCore
import NIOSSL
import OperatingSystem

/// What a connection needs to speak TLS: the certificate and its key, and whom of the clients it lets in.
package struct ServerTLS: Sendable {
    /// Who is on the other end.
    let clientAuthentication: TLSSettings.ClientAuthentication
    /// When the certificate's time is over.
    let expiry: Date
    private let context: NIOSSLContext

    /// How long a client may take to say good-bye once a connection is to be closed: by then it has its answers, or was too slow.
    private static let shutdownTimeout = TimeAmount.milliseconds(100)

    /// - Parameter leaf: The first of the certificates.
    init(
        leaf: NIOSSLCertificate, certificates: [NIOSSLCertificate], key: NIOSSLPrivateKey, authorities: [NIOSSLCertificate],
        _ settings: TLSSettings
    ) throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = settings.oldest.version
        configuration.maximumTLSVersion = settings.newest.version
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = Self.shutdownTimeout
        let authentication = settings.clientAuthentication
        // Empty rather than the system's authorities, whose certificates anybody can buy.
        configuration.trustRoots = .certificates(authorities)
        configuration.sendCANameList = authentication.verifies
        configuration.certificateVerification =
            authentication == .unwanted ? .none : authentication.requires ? .noHostnameVerification : .optionalVerification
        context = try NIOSSLContext(configuration: configuration)
        clientAuthentication = authentication
        expiry = Date(timeIntervalSince1970: TimeInterval(leaf.notValidAfter))
    }

    /// What stands between a connection's socket and all that reads HTTP, the socket's side first.
    ///
    /// - Parameter log: Gets a line a failed handshake at level debug.
    package func handlers(log: Logger) -> [any ChannelHandler] {
        let tls =
            clientAuthentication == .unwanted || clientAuthentication.verifies
            ? NIOSSLServerHandler(context: context)
            : NIOSSLServerHandler(context: context, customVerificationCallback: { $1.succeed(.certificateVerified) })
        return [PlainRequestRefusal(), tls, TLSFailures(log: log)]
    }
}

extension TLSSettings.Version {
    fileprivate var version: TLSVersion {
        switch self {
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
