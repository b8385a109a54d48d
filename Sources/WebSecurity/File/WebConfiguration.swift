/// What a web configuration file says: who may ask what listens by TCP, and how. The keys are those of Prometheus's exporter-toolkit
/// (its `docs/web-configuration.md`).
package struct WebConfiguration: Sendable, Hashable {
    /// `tls_server_config`; `nil` for plain HTTP.
    let tls: TLSSettings?
    /// `basic_auth_users`: the hash of each user's password. Where there is none, no password is asked for.
    let users: [String: BcryptHash]
}

/// `tls_server_config`.
struct TLSSettings: Sendable, Hashable {
    /// A file that the configuration names.
    struct NamedFile: Sendable, Hashable {
        /// Made whole: as the configuration has it, or from its directory on.
        let path: String
        let key: String
        /// The line of the key.
        let line: Int
    }

    /// What of a client's certificate is asked for, by Go's names (`tls.ClientAuthType`).
    enum ClientAuthentication: String, Sendable, CaseIterable {
        case unwanted = "NoClientCert"
        /// Asked for, and not looked at.
        case request = "RequestClientCert"
        /// Any certificate does, of whomever.
        case requireAny = "RequireAnyClientCert"
        case verifyIfGiven = "VerifyClientCertIfGiven"
        case requireAndVerify = "RequireAndVerifyClientCert"

        /// Whether certificates are held against the authorities of `client_ca_file`.
        var verifies: Bool { self == .verifyIfGiven || self == .requireAndVerify }
        /// Whether there is no connection without one.
        var requires: Bool { self == .requireAny || self == .requireAndVerify }
    }

    enum Version: String, Sendable, CaseIterable {
        case tls12 = "TLS12"
        case tls13 = "TLS13"
    }

    /// The certificate, and behind it those that lead to its authority, in the form PEM.
    let certificate: NamedFile
    let key: NamedFile
    /// The authorities of the clients' certificates.
    let clientAuthorities: NamedFile?
    let clientAuthentication: ClientAuthentication
    let oldest: Version
    let newest: Version

    /// All files that it names.
    var files: [NamedFile] { [certificate, key] + (clientAuthorities.map { [$0] } ?? []) }
}
