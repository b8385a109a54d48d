import NIOSSL

/// Why no TLS connection came about.
enum TLSFailure {
    /// The certificate is refused; the library does not say why.
    case certificate
    case wrongHost
    case noCertificate
    /// Anything else, by the library's word for it.
    case handshake(String)

    /// Reads an error of the TLS library; `nil` where it is none.
    init?(_ error: any Error) {
        switch error {
        case NIOSSLError.handshakeFailed(let cause):
            let word = Self.word(in: "\(cause)")
            self = word == "CERTIFICATE_VERIFY_FAILED" ? .certificate : .handshake(word)
        case NIOSSLError.unableToValidateCertificate: self = .certificate
        case NIOSSLError.noCertificateToValidate: self = .noCertificate
        case let error as NIOSSLExtraError where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            self = .wrongHost
        default: return nil
        }
    }

    var isOfCertificate: Bool {
        if case .handshake = self { false } else { true }
    }

    /// What there is to say beside the kind; `nil` where that has to be found out.
    var text: String? {
        switch self {
        case .certificate: nil
        case .wrongHost: "issued for another host"
        case .noCertificate: "the server has none"
        case .handshake(let word): word.isEmpty ? "TLS handshake failed" : "TLS handshake failed: \(Self.words[word] ?? word)"
        }
    }

    /// BoringSSL's own word for an error, such as `WRONG_VERSION_NUMBER`. Nothing of what the other side sent is in it.
    private static func word(in description: String) -> String {
        let marker = "OPENSSL_internal:"
        guard let range = description.firstRange(of: marker) else { return "" }
        return String(description[range.upperBound...].prefix { $0 == "_" || $0.isASCII && ($0.isUppercase || $0.isNumber) })
    }

    private static let words = [
        "TLSV1_ALERT_PROTOCOL_VERSION": "the server offers nothing from TLS 1.2 on",
        "UNSUPPORTED_PROTOCOL": "the server offers nothing from TLS 1.2 on",
        "WRONG_VERSION_NUMBER": "the server speaks no TLS",
    ]
}
