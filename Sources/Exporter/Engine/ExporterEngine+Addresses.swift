import FoundationEssentials
import System

// How this exporter is reached.

extension ExporterEngine {
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    static func knownHosts(_ configuration: ExporterConfiguration) -> Set<String> {
        let external = configuration.externalURL.flatMap { URL(string: $0)?.host() }
        return Set([external, configuration.address.host].compactMap { $0?.lowercased() })
    }

    /// Makes an address of a key before it is announced.
    static func announcement(
        _ announce: (@Sendable (Secret) -> Void)?, _ configuration: ExporterConfiguration, _ store: SnapshotStore
    ) -> (@Sendable (Secret) -> Void)? {
        guard let announce else { return nil }
        return { key in
            guard let address = address(with: key, configuration, store) else { return }
            announce(address)
        }
    }

    /// Where a browser anywhere signs in with a key.
    static func address(with key: Secret, _ configuration: ExporterConfiguration, _ store: SnapshotStore) -> Secret? {
        guard case .listening(_, let port) = store.snapshot.exporter else { return nil }
        let base = configuration.externalURL ?? configuration.address.localURL(port: port)
        return Secret("\(base)/auth/authorize?key=\(key.reveal())")
    }

    /// Where NetAtmo sends the browser back to. Never taken from a request.
    static func redirectURI(_ configuration: ExporterConfiguration, _ store: SnapshotStore) -> String {
        if let externalURL = configuration.externalURL { return externalURL + "/auth/callback" }
        let port = if case .listening(_, let port) = store.snapshot.exporter { port } else { configuration.address.port }
        return configuration.address.localURL(port: port) + "/auth/callback"
    }
}
