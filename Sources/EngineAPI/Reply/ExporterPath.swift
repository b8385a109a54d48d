/// The paths of the exporter's server. They are written here alone: addresses are made of these, and a request goes on under one of
/// these, or it is 404.
package enum ExporterPath: String, Sendable, CaseIterable {
    case home = "/"
    /// The page of a module, whose id stands behind it as another part of the path.
    case module = "/module"
    case style = "/style.css"
    case script = "/script.js"
    case metrics = "/metrics"
    case status = "/api/status"
    case version = "/version"
    case health = "/healthz"
    case readiness = "/readyz"
    case authorize = "/auth/authorize"
    case callback = "/auth/callback"
    case setToken = "/auth/settoken"
    case debugData = "/debug/data"
    case debugToken = "/debug/token"

    /// What a path is there for.
    package enum Purpose: Sendable, Hashable {
        /// People and programs read what the exporter knows.
        case reading
        /// Programs watch over the exporter, and may know it by any name.
        case watching
        case pageFile
        case signingIn
        /// There with `--debug-handlers` alone.
        case debugging
    }

    package var purpose: Purpose {
        switch self {
        case .home, .module, .status: .reading
        case .metrics, .version, .health, .readiness: .watching
        case .style, .script: .pageFile
        case .authorize, .callback, .setToken: .signingIn
        case .debugData, .debugToken: .debugging
        }
    }

    /// The path that a request means: slashes that are doubled or stand at the end mean nothing, and what stands before each path at
    /// the external URL may be there or not, since some proxies take it off and others pass it on.
    ///
    /// - Parameters:
    ///   - requested: The path of the request as it was sent, percent-encoded.
    ///   - prefix: What stands before each path at the external URL.
    package init?(requested: String, behind prefix: String) {
        let names = requested.split(separator: "/")
        let leading = prefix.split(separator: "/")
        if let path = Self(names: names[...]) {
            self = path
        } else if names.starts(with: leading), let path = Self(names: names.dropFirst(leading.count)) {
            self = path
        } else {
            return nil
        }
    }

    /// The id behind ``module``, percent-encoded, in a request that means none of the other paths; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - requested: The path of the request as it was sent, percent-encoded.
    ///   - prefix: What stands before each path at the external URL.
    package static func moduleID(requested: String, behind prefix: String) -> String? {
        guard Self(requested: requested, behind: prefix) == nil else { return nil }
        let names = requested.split(separator: "/")
        let leading = prefix.split(separator: "/")
        let own = names.starts(with: leading) ? [names[...], names.dropFirst(leading.count)] : [names[...]]
        return own.first { $0.count == 2 && "/\($0[$0.startIndex])" == module.rawValue }?.last.map(String.init)
    }

    private init?(names: ArraySlice<Substring>) {
        self.init(rawValue: "/" + names.joined(separator: "/"))
    }
}
