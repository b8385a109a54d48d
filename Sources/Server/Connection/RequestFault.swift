import NIOHTTP1

/// Why a request is refused before what it asks for is looked at.
enum RequestFault: Hashable {
    case noHTTP
    case headerTooLarge
    case bodyTooLarge
    case noHost
    case noPath

    /// The fault of a head that is well-formed; `nil` where there is none.
    init?(_ head: HTTPRequestHead) {
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        // RFC 9112, section 3.2: a request without a host, or with several, is refused.
        if head.version == .http1_1, head.headers["Host"].count != 1 {
            self = .noHost
        } else if !head.uri.hasPrefix("/") {
            self = .noPath
        } else if length > ConnectionLimits.longestBody {
            self = .bodyTooLarge
        } else {
            return nil
        }
    }

    var status: HTTPResponseStatus {
        switch self {
        case .noHTTP, .noHost, .noPath: .badRequest
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .payloadTooLarge
        }
    }

    var line: String {
        switch self {
        case .noHTTP: "That is no HTTP request."
        case .headerTooLarge: "The request's header is larger than 16 KiB."
        case .bodyTooLarge: "The request's body is larger than 8 KiB."
        case .noHost: "The request has no header Host, or several; expected one."
        case .noPath: "The request asks for no path of this exporter; expected one such as /metrics."
        }
    }
}
