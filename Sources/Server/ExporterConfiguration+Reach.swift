package import Engine
import EngineAPI
import OperatingSystem

extension ExporterConfiguration {
    /// Who can reach what, in one line for the log: an exporter that listens can be read from anywhere that reaches it.
    ///
    /// - Parameters:
    ///   - port: Where it listens, once that is known.
    ///   - demand: What a client needs beside the address, such as `with a user's password`.
    package func reach(port: Int, demand: String? = nil) -> String {
        let purposes: Set<ExporterPath.Purpose> = debugHandlers ? [.reading, .watching, .debugging] : [.reading, .watching]
        let paths = ExporterPath.allCases.filter { purposes.contains($0.purpose) }.map(\.rawValue)
        let readable = "\(paths.dropLast().joined(separator: ", ")) and \(paths.last ?? "")"
        let (readers, isLoopbackServed) =
            switch address.host {
            case _ where address.isEveryAddress: ("anyone who reaches port \(port) of this machine", true)
            case let host? where LoopbackHost.matches(host): ("this machine alone, and whomever a proxy on it serves,", true)
            case let host: ("anyone who reaches \(ListenAddress(host: host, port: port))", false)
            }
        let isTrusting = isLoopbackServed && !(externalURL.map { ExternalURL($0).isPublic } ?? false)
        return
            "\(readers)\(demand.map { " \($0)" } ?? "") can read \(readable); signing in takes a one-time key\(isTrusting ? ", but from this machine itself" : "")"
    }
}
