import NIOHTTP1

/// Why a request is refused for who sent it.
enum AccessFault: Hashable {
    case noPassword
    case wrongPassword
    /// Too many passwords wait to be judged.
    case busy

    var status: HTTPResponseStatus {
        switch self {
        case .noPassword, .wrongPassword: .unauthorized
        case .busy: .tooManyRequests
        }
    }

    /// The fields that tell the client what to do (RFC 7617, section 2; RFC 9110, section 10.2.3).
    var fields: [(String, String)] {
        switch self {
        case .noPassword, .wrongPassword: [("WWW-Authenticate", #"Basic realm="netatmo-dashboard", charset="UTF-8""#)]
        case .busy: [("Retry-After", "1")]
        }
    }

    var line: String {
        switch self {
        case .noPassword: "This exporter wants a user and a password."
        case .wrongPassword: "The user or the password is wrong."
        case .busy: "Too many passwords wait to be judged: try again in a second."
        }
    }
}
