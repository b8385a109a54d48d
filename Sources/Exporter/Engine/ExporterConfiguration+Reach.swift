import FoundationEssentials
import Netatmo

extension ExporterConfiguration {
    /// Who can reach what, in one line for the log: an exporter that listens is read by whoever finds it.
    ///
    /// - Parameter port: Where it listens, once that is known.
    public func reach(port: Int) -> String {
        let paths = ["/", "/metrics", "/api/status", "/version", "/healthz"] + (debugHandlers ? ["/readyz", "/debug/data"] : [])
        let last = debugHandlers ? "/debug/token" : "/readyz"
        let readable = "\(paths.joined(separator: ", ")) and \(last)"
        let readers =
            switch address.host {
            case nil, "0.0.0.0", "::": "anyone who reaches port \(port) of this machine"
            case let host? where LoopbackHost.matches(host): "this machine alone, and whomever a proxy on it serves,"
            case let host?: "anyone who reaches \(ListenAddress(host: host, port: port))"
            }
        return "\(readers) can read \(readable); signing in takes a one-time key\(isKnownElsewhere ? "" : ", but from this machine itself")"
    }

    /// Whether browsers on other machines are meant to come, through a proxy that may be on this one.
    private var isKnownElsewhere: Bool {
        externalURL.map { !LoopbackHost.matches(URL(string: $0)?.host() ?? "") } ?? false
    }
}
