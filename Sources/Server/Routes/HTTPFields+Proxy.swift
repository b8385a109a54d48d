import HTTPTypes

extension HTTPFields {
    /// Whether each field is one that a browser or a command such as curl sends itself, and none shows a proxy.
    ///
    /// It goes by what is known of browsers, since what proxies add has as many names as there are proxies, and any of them may be the
    /// only one.
    var showNoProxy: Bool {
        allSatisfy { field in
            let name = field.name.canonicalName
            guard Self.ownFields.contains(name) || name.hasPrefix(Self.prefixOfBrowsers) else { return false }
            // Browsers keep their connections. Proxies that are told nothing else close theirs, or ask for another protocol on them.
            return name != "connection" || field.value.lowercased() == "keep-alive"
        }
    }

    /// What browsers and commands send to a page of ours by themselves, in lower case.
    private static let ownFields: Set<String> = [
        "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "content-type",
        "cookie", "device-memory", "dnt", "downlink", "dpr", "ect", "expect", "if-modified-since", "if-none-match", "keep-alive", "origin",
        "pragma", "priority", "purpose", "referer", "rtt", "save-data", "transfer-encoding", "upgrade-insecure-requests", "user-agent",
        "viewport-width",
    ]
    /// Scripts can't set what begins so, browsers alone (Fetch Standard, "forbidden request-header").
    private static let prefixOfBrowsers = "sec-"
}
