import FoundationEssentials
import NIOSSL

/// The authorities whose certificates are believed.
package struct CertificateAuthorities: Sendable {
    /// In place of the system's; `nil` for the system's.
    private let certificates: [NIOSSLCertificate]?

    /// Those of the system.
    package static let system = CertificateAuthorities(certificates: nil)

    /// Why authorities can't be used.
    package struct Failure: Error, Sendable, Hashable {
        /// The file or the directory.
        package let path: String
    }

    private init(certificates: [NIOSSLCertificate]?) {
        self.certificates = certificates
    }

    /// Reads the authorities that are believed in place of the system's.
    ///
    /// - Parameter file: Holds certificates in the form PEM.
    /// - Throws: ``Failure`` where it gives none.
    package init(file: String) throws(Failure) {
        let found = Self.certificates(in: file)
        guard !found.isEmpty else { throw Failure(path: file) }
        certificates = found
    }

    /// Reads the authorities that are believed in place of the system's.
    ///
    /// - Parameter directories: Their files hold certificates in the form PEM; what does not is passed over.
    /// - Throws: ``Failure`` where none of them gives any.
    package init(directories: [String]) throws(Failure) {
        let found = directories.flatMap { directory in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            return names.flatMap { Self.certificates(in: "\(directory)/\($0)") }
        }
        guard !found.isEmpty else { throw Failure(path: directories.joined(separator: ":")) }
        // Directories hold each certificate under more than one name.
        certificates = Array(Set(found))
    }

    /// Both together.
    package func adding(_ others: CertificateAuthorities) -> CertificateAuthorities {
        CertificateAuthorities(certificates: (certificates ?? []) + (others.certificates ?? []))
    }

    var trustRoots: NIOSSLTrustRoots {
        certificates.map { .certificates($0) } ?? .default
    }

    private static func certificates(in path: String) -> [NIOSSLCertificate] {
        (try? NIOSSLCertificate.fromPEMFile(path)) ?? []
    }
}
