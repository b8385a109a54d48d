import FoundationEssentials

/// How browsers reach the exporter, where they do not come to its own address.
package struct ExternalURL: Sendable, Hashable {
    /// What stands before each path, such as `/netatmo`; empty where nothing does.
    package let prefix: String
    /// Whether browsers come by TLS, through a proxy that speaks it.
    package let isSecure: Bool
    /// Whether it is for other machines too. Then a proxy on this machine passes on their requests.
    package let isPublic: Bool
    /// The host; `nil` where the URL can't be read.
    package let host: String?

    package init(_ text: String) {
        let url = URL(string: text)
        prefix = (url?.path().split(separator: "/") ?? []).map { "/\($0)" }.joined()
        isSecure = url?.scheme?.lowercased() == "https"
        host = url?.host()
        // A URL that can't be read may lead anywhere.
        isPublic = host.flatMap { Authority(urlHost: $0) }?.isLoopback != true
    }
}
