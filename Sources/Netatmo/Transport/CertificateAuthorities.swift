import FoundationEssentials
import NIOSSL

/// The authorities whose certificates are believed.
package struct CertificateAuthorities: Sendable {
    /// In place of the system's; `nil` for the system's.
    private let certificates: [NIOSSLCertificate]?

    package static let system = CertificateAuthorities()

    /// What gives no certificate.
    package enum Failure: Error, Sendable, Hashable {
        case file(String)
        case directories([String])
    }

    private init() {
        certificates = nil
    }

    /// Reads the authorities that are believed in place of the system's; where nothing is given, it is those.
    ///
    /// - Parameters:
    ///   - file: Holds certificates in the form PEM.
    ///   - directories: Their files hold certificates in the form PEM; what does not is passed over.
    package init(file: String?, directories: [String]? = nil) throws(Failure) {
        let ofFile = file.map(Self.certificates)
        if let file, ofFile == [] { throw .file(file) }
        let ofDirectories = directories?.flatMap { directory in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            return names.flatMap { Self.certificates(in: "\(directory)/\($0)") }
        }
        if let directories, ofDirectories == [] { throw .directories(directories) }
        // Directories hold each certificate under more than one name.
        certificates = ofFile == nil && ofDirectories == nil ? nil : Array(Set((ofFile ?? []) + (ofDirectories ?? [])))
    }

    var trustRoots: NIOSSLTrustRoots {
        certificates.map { .certificates($0) } ?? .default
    }

    private static func certificates(in path: String) -> [NIOSSLCertificate] {
        (try? NIOSSLCertificate.fromPEMFile(path)) ?? []
    }
}
