import FoundationEssentials
import Netatmo
import OperatingSystem

// How NetAtmo is reached, by the variables that other programs know too.

extension SettingReader {
    /// The way to an address.
    ///
    /// - Throws: ``ConfigurationError``, which never holds what a proxy is to be told.
    func network(to address: String) throws(ConfigurationError) -> OutboundNetwork {
        guard let url = URL(string: address), let host = url.host(), let scheme = url.scheme?.lowercased() else { return OutboundNetwork() }
        let isSecure = scheme == "https"
        let exceptions = ProxyExceptions(variable("NO_PROXY")?.text ?? "")
        let proxy =
            exceptions.cover(host: host, port: url.port ?? (isSecure ? 443 : 80)) ? nil : try proxy(isSecure ? "HTTPS_PROXY" : "HTTP_PROXY")
        return OutboundNetwork(authorities: isSecure ? try authorities() : .system, proxy: proxy)
    }

    private func proxy(_ name: String) throws(ConfigurationError) -> HTTPProxy? {
        guard let found = variable(name) else { return nil }
        guard let proxy = HTTPProxy(found.text) else {
            throw .invalid(option: found.name, found: nil, expected: "the address of an HTTP proxy such as http://proxy.example.org:3128")
        }
        return proxy
    }

    private func authorities() throws(ConfigurationError) -> CertificateAuthorities {
        let directories = text("SSL_CERT_DIR").map { $0.split(separator: ":").map(String.init) }
        do throws(CertificateAuthorities.Failure) {
            return try CertificateAuthorities(file: text("SSL_CERT_FILE"), directories: directories)
        } catch {
            switch error {
            case .file(let path):
                throw .invalid(option: "SSL_CERT_FILE", found: path, expected: "a readable file of certificates in the form PEM")
            case .directories(let paths):
                let found = paths.joined(separator: ":")
                throw .invalid(option: "SSL_CERT_DIR", found: found, expected: "a directory with files of certificates in the form PEM")
            }
        }
    }

    /// A variable in capitals, else in small letters, as other programs have them; the environment's before the configuration file's.
    private func variable(_ name: String) -> (name: String, text: String)? {
        for source in [sources.inEnvironment, sources.inFile] {
            if let found = source(name) ?? source(name.lowercased()) { return (found.origin.name, found.text) }
        }
        return nil
    }

    /// NetAtmo's address, which the client secret and the tokens go to.
    func apiURL(_ options: NetatmoOptions) throws(ConfigurationError) -> String {
        let url = try value("--api-url", options.apiUrl, "NETATMO_API_URL", SettingParser.url) ?? "https://api.netatmo.com"
        let isInsecureAllowed = try flag(options.insecureApi, "NETATMO_INSECURE_API")
        let host = URL(string: url)?.host() ?? ""
        guard isInsecureAllowed || url.lowercased().hasPrefix("https:") || LoopbackHost.matches(host) else {
            throw .invalid(
                option: found("--api-url", options.apiUrl, "NETATMO_API_URL")?.origin.name ?? "--api-url", found: url,
                expected: "of https, nor on this machine: whoever is on the way could read the tokens; --insecure-api allows it"
            )
        }
        return url
    }
}
