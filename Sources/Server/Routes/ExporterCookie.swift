import Hummingbird
import OperatingSystem

/// The cookies that the exporter gives to browsers, one for each purpose.
enum ExporterCookie: String {
    /// Ties a sign-in to the browser that began it. NetAtmo's site leads back here, so that it has to be sent then too.
    case signIn = "netatmo_dashboard_sign_in"
    /// Ties a form to the browser that it was sent to, against forgery by other sites (CSRF).
    case form = "netatmo_dashboard_form"

    /// The cookie for browsers that find the exporter there.
    func cookie(_ value: Secret, for site: ExporterSite) throws -> Cookie {
        // A path of a cookie can't hold what stands between its attributes.
        let prefix = site.prefix.contains(";") ? "" : site.prefix
        let (maxAge, path, sameSite): (Int, String, Cookie.SameSite) =
            switch self {
            case .signIn: (600, "/auth", .lax)
            case .form: (86_400, "/", .strict)
            }
        return try .validated(
            name: rawValue, value: value.reveal(), maxAge: maxAge, path: prefix + path, secure: site.isSecure, httpOnly: true,
            sameSite: sameSite)
    }

    /// What a browser sends under this name. It may be several, since another server on another port of this machine shares its
    /// cookies; Hummingbird's `Cookies` gives the first alone, which need not be ours.
    func values(in request: Request) -> [Secret] {
        request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.prefix(50).compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == rawValue else { return nil }
            return Secret(parts[1].filter { !$0.isWhitespace })
        }
    }
}
