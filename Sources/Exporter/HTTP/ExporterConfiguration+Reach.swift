import Netatmo

extension ExporterConfiguration {
    /// Who can reach what, in one line for the log: an exporter that listens is read by whoever finds it.
    ///
    /// - Parameter port: Where it listens, once that is known.
    public func reach(port: Int) -> String {
        let paths = ["/", "/metrics", "/api/status", "/version", "/healthz"] + (debugHandlers ? ["/readyz", "/debug/data"] : [])
        let last = debugHandlers ? "/debug/token" : "/readyz"
        let readable = "\(paths.joined(separator: ", ")) and \(last)"
        let (readers, isLoopbackServed) =
            switch address.host {
            case _ where address.isEveryAddress: ("anyone who reaches port \(port) of this machine", true)
            case let host? where LoopbackHost.matches(host): ("this machine alone, and whomever a proxy on it serves,", true)
            case let host: ("anyone who reaches \(ListenAddress(host: host, port: port))", false)
            }
        let isTrusting = isLoopbackServed && !(externalURL.map { ExternalURL($0).isPublic } ?? false)
        return "\(readers) can read \(readable); signing in takes a one-time key\(isTrusting ? ", but from this machine itself" : "")"
    }
}
