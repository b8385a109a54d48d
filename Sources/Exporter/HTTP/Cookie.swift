import HTTPTypes
import Hummingbird
import System

/// A cookie of ours (RFC 6265), for one purpose each.
enum Cookie: String {
    /// Ties a sign-in to the browser that began it. NetAtmo's site leads back here, so that it has to be sent then too.
    case signIn = "netatmo_dashboard_sign_in"
    /// Ties a form to the browser that it was sent to.
    case form = "netatmo_dashboard_form"

    /// The value of `Set-Cookie`.
    ///
    /// - Parameters:
    ///   - prefix: What stands before each path at the external URL.
    ///   - isSecure: Whether it may be sent by TLS alone.
    func field(_ value: Secret, prefix: String = "", isSecure: Bool = false) -> String {
        // A path of a cookie can't hold what stands between its attributes.
        let prefix = prefix.contains(";") ? "" : prefix
        let scope =
            switch self {
            case .signIn: "Path=\(prefix)/auth; Max-Age=600; HttpOnly; SameSite=Lax"
            case .form: "Path=\(prefix)/; Max-Age=86400; HttpOnly; SameSite=Strict"
            }
        return "\(rawValue)=\(value.reveal()); \(scope)" + (isSecure ? "; Secure" : "")
    }

    /// What a browser sends under this name. It may be several, since whoever serves on another port of this machine shares
    /// its cookies.
    func values(in request: Request) -> [Secret] {
        request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.prefix(50).compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == rawValue else { return nil }
            return Secret(parts[1].filter { !$0.isWhitespace })
        }
    }
}
