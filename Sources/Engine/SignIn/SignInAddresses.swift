import EngineAPI
import Netatmo
import OperatingSystem

/// Where browsers reach this exporter to sign in, once it listens. None of it is ever taken from a request.
struct SignInAddresses: Sendable {
    /// Where it listens, as the user set it.
    let address: ListenAddress
    /// How browsers reach it where they do not come to its own address, without a slash at its end.
    let externalURL: String?
    /// Whether its own address takes TLS.
    var servesTLS = false

    /// Where browsers of other machines reach it too, where there is such a place; else where this machine's do.
    private func base(port: Int) -> String {
        externalURL ?? localURL(port: port)
    }

    private func localURL(port: Int) -> String { address.localURL(port: port, servesTLS: servesTLS) }

    /// Where NetAtmo sends the browser back to.
    func redirectURI(port: Int) -> String {
        base(port: port) + ExporterPath.callback.rawValue
    }

    /// Where a browser anywhere signs in with a key.
    func withKey(_ key: Secret, port: Int) -> Secret? {
        Self.withKey(key, base: base(port: port))
    }

    /// Where a browser of this machine signs in, without a key. Behind a proxy that passes on requests of other
    /// machines no browser is trusted by its place: there it is the proxy's address, where the key is asked for.
    func forOwnBrowser(port: Int) -> String {
        let isPublic = externalURL.map { ExternalURL($0).isPublic } ?? false
        return (isPublic ? base(port: port) : localURL(port: port)) + ExporterPath.authorize.rawValue
    }

    /// Where a phone signs in with a key.
    ///
    /// - Parameter networkAddress: The address of this machine in its network, where it has one.
    func forPhone(key: Secret, port: Int, networkAddress: () -> String?) -> PhoneAddress {
        // Also the address that NetAtmo sends browsers back to.
        if !Self.isLoopback(base(port: port)), let complete = withKey(key, port: port) { return .complete(complete) }
        guard address.isEveryAddress, let host = networkAddress(),
            let begins = Self.withKey(key, base: ListenAddress(host: host, port: port).localURL(port: port, servesTLS: servesTLS))
        else { return .unreachable }
        return .toBePasted(begins)
    }

    private static func withKey(_ key: Secret, base: String) -> Secret? {
        Secret("\(base)\(ExporterPath.authorize.rawValue)?key=\(key.reveal())")
    }

    private static func isLoopback(_ url: String) -> Bool {
        let authority = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" }
        return Authority(String(authority)).map { LoopbackHost.matches($0.host) } ?? true
    }
}
