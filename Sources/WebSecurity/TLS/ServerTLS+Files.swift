import Glibc
import NIOSSL
import OperatingSystem

extension ServerTLS {
    /// In bytes: a chain of certificates has some ten thousand, a bundle of all public authorities some 250,000.
    private static let longestFile = 1 << 20

    /// Reads the files that the settings name.
    ///
    /// - Parameter path: The web configuration file's, for errors.
    init(_ settings: TLSSettings, path: String, files: some FileSystem) throws(WebConfigurationError) {
        func fault(_ file: TLSSettings.NamedFile, _ expected: String) -> WebConfigurationError {
            WebConfigurationError(path: path, line: file.line, key: file.key, expected: expected)
        }
        func bytes(of file: TLSSettings.NamedFile) throws(WebConfigurationError) -> [UInt8] {
            do throws(WholeFile.Fault) {
                return try WholeFile.bytes(of: file.path, in: files, limit: Self.longestFile, isSecret: file == settings.key)
            } catch {
                throw fault(file, error.expected)
            }
        }
        func certificates(of file: TLSSettings.NamedFile) throws(WebConfigurationError) -> [NIOSSLCertificate] {
            let bytes = try bytes(of: file)
            guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes) else {
                throw fault(file, "a file of certificates in the form PEM")
            }
            return certificates
        }
        let chain = try certificates(of: settings.certificate)
        guard let leaf = chain.first else { throw fault(settings.certificate, "a certificate in it") }
        let pem = try bytes(of: settings.key)
        guard !String(decoding: pem, as: UTF8.self).contains("ENCRYPTED") else {
            throw fault(settings.key, "a key without a passphrase, which nobody is there to type")
        }
        guard !pem.isEmpty, let key = try? NIOSSLPrivateKey(bytes: pem, format: .pem) else {
            throw fault(settings.key, "a private key in the form PEM")
        }
        let authorities: [NIOSSLCertificate] =
            if let file = settings.clientAuthorities { try certificates(of: file) } else { [] }
        do {
            try self.init(leaf: leaf, certificates: chain, key: key, authorities: authorities, settings)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw fault(settings.key, "the key that belongs to the first certificate of cert_file")
        } catch {
            throw fault(settings.certificate, "a certificate that TLS can use")
        }
    }
}
