import AsyncHTTPClient
import FoundationEssentials
import Glibc
import NIOCore
import NIOSSL
import Synchronization
import OperatingSystem

/// Finds out why a certificate was refused: the TLS library says no more than that it was.
///
/// A connection is made that believes any certificate, only to look at it: it ends before a request is written to it.
struct CertificateProbe: Sendable {
    let network: OutboundNetwork
    /// How long it may take.
    var limit = Duration.seconds(5)

    private struct Seen: Error {}

    /// What is wrong with the certificate of a server whose name it fits, in words; `nil` where none can be had.
    ///
    /// - Parameter now: The time by which the certificate was judged.
    func reason(url: String, now: Date) async -> String? {
        guard let validity = await validity(url: url) else { return nil }
        if now > validity.end { return "expired on \(Self.day(validity.end))" }
        if now < validity.start { return "not valid before \(Self.day(validity.start)), is this machine's clock right?" }
        return "its authority is not trusted here; SSL_CERT_FILE can name one that is"
    }

    private func validity(url: String) async -> (start: Date, end: Date)? {
        let seen = Certificate()
        var configuration = network.clientConfiguration
        var tls = network.tlsConfiguration
        tls.certificateVerification = .none
        configuration.tlsConfiguration = tls
        configuration.timeout.connect = TimeAmount(limit)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
                seen.note(certificate)
                throw Seen()
            }
        }
        // Not by ``boundedExchange(limit:orThrow:_:)``: no answer ever begins, so the client's own limits end it.
        _ = try? await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await client.execute(HTTPClientRequest(url: url), timeout: TimeAmount(limit))
        }
        return seen.validity
    }

    private static func day(_ date: Date) -> String {
        String(RFC3339.text(date).prefix(10))
    }

    private final class Certificate: Sendable {
        private let dates = Mutex<(start: Date, end: Date)?>(nil)

        var validity: (start: Date, end: Date)? { dates.withLock { $0 } }

        func note(_ certificate: NIOSSLCertificate?) {
            guard let certificate else { return }
            func date(_ time: time_t) -> Date { Date(timeIntervalSince1970: Double(time)) }
            dates.withLock { $0 = (date(certificate.notValidBefore), date(certificate.notValidAfter)) }
        }
    }
}
