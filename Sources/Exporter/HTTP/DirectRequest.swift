import HTTPTypes

/// What the header of a request looks like that a browser or a command such as curl sent here itself.
///
/// What proxies add has as many names as there are proxies, and any of them may be the only one: so it is the other way round. A
/// field that is not known from browsers was put there by something in between.
enum DirectRequest {
    /// The fields that browsers and commands send to a page of ours by themselves, in lower case.
    static let fields: Set<String> = [
        "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "content-type",
        "cookie", "device-memory", "dnt", "downlink", "dpr", "ect", "expect", "if-modified-since", "if-none-match", "keep-alive", "origin",
        "pragma", "priority", "purpose", "referer", "rtt", "save-data", "transfer-encoding", "upgrade-insecure-requests", "user-agent",
        "viewport-width",
    ]
    /// How further ones begin: browsers alone can set these (Fetch Standard, "forbidden request-header").
    static let prefix = "sec-"

    /// Whether there is nothing in a header that would not be in it without a proxy.
    static func allows(_ headers: HTTPFields) -> Bool {
        headers.allSatisfy { field in
            let name = field.name.canonicalName
            guard fields.contains(name) || name.hasPrefix(prefix) else { return false }
            // Browsers keep their connections. Proxies that are told nothing else close theirs, or ask for another protocol on them.
            return name != "connection" || field.value.lowercased() == "keep-alive"
        }
    }
}
