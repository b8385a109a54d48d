import HTTPTypes

/// The paths that this exporter answers, each with the methods that it takes. Nothing else decides about either: a request goes on
/// under one of these paths, or it is 404.
enum ExporterPath: String, Sendable, CaseIterable {
    case home = "/"
    case style = "/style.css"
    case script = "/script.js"
    case metrics = "/metrics"
    case version = "/version"
    case health = "/healthz"
    case readiness = "/readyz"
    case status = "/api/status"
    case authorize = "/auth/authorize"
    case callback = "/auth/callback"
    case setToken = "/auth/settoken"
    case debugData = "/debug/data"
    case debugToken = "/debug/token"

    /// The path that a request means: slashes that are doubled or stand at the end mean nothing, and what stands before each path at
    /// the external URL may be there or not, since some proxies take it off and others pass it on.
    ///
    /// - Parameters:
    ///   - requested: The path of the request as it was sent, percent-encoded.
    ///   - prefix: What stands before each path at the external URL.
    init?(requested: String, behind prefix: String) {
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

    private init?(names: ArraySlice<Substring>) {
        self.init(rawValue: "/" + names.joined(separator: "/"))
    }

    /// The methods that it takes. Where `HEAD` is missing, nobody means it: what such a path does can't be done twice.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .home, .style, .script, .metrics, .version, .health, .readiness, .status, .debugData, .debugToken: [.get, .head]
        case .authorize: [.get, .post]
        case .callback: [.get]
        case .setToken: [.post]
        }
    }
}
