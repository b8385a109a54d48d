public import System

/// Where a phone, which is another machine than this one, begins to sign in; with a one-time key, since it is not trusted by where
/// it is.
public enum PhoneAddress: Sendable {
    /// NetAtmo sends the phone back to an address that it reaches, so that nothing is left to do here.
    case complete(Secret)
    /// A phone in this machine's network reaches it, but is sent back to an address of this machine alone: what it ends on has to
    /// be pasted.
    case toBePasted(Secret)
    /// Only this machine reaches the exporter.
    case unreachable

    /// - Parameters:
    ///   - key: The one-time key.
    ///   - port: Where the exporter listens.
    ///   - networkAddress: The address of this machine in its network, where it has one.
    init(key: Secret, configuration: ExporterConfiguration, port: Int, networkAddress: () -> String?) {
        func address(_ base: String) -> Secret? { Secret("\(base)/auth/authorize?key=\(key.reveal())") }
        // Also the address that NetAtmo sends browsers back to.
        let known = configuration.externalURL ?? configuration.address.localURL(port: port)
        if !Self.isLoopback(known), let address = address(known) {
            self = .complete(address)
        } else if configuration.address.isEveryAddress, let host = networkAddress(),
            let address = address("http://\(ListenAddress(host: host, port: port))")
        {
            self = .toBePasted(address)
        } else {
            self = .unreachable
        }
    }

    private static func isLoopback(_ url: String) -> Bool {
        let authority = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" }
        return Authority(String(authority)).map { LoopbackHost.matches($0.host) } ?? true
    }
}
