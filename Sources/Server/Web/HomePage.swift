import EngineAPI
import FoundationEssentials

/// The page at `/`: `Web/index.html` with what the server knows put in, so that it says the state and offers to sign in also
/// where no script runs. It needs nothing from NetAtmo, so that it works while a refresh fails.
struct HomePage: Sendable {
    /// From where the page is read, which decides how signing in begins.
    enum Audience: String, Sendable {
        /// From this machine: a link is enough.
        case local
        /// From elsewhere: it takes a one-time key.
        case remote
    }

    let snapshot: Snapshot
    let now: Date
    let audience: Audience
    /// What the form for a refresh token brings back, as a proof that it came from this page.
    let formToken: String
    /// What stands before each path at the external URL.
    var prefix = ""
    /// The charts, and whether more of them is to come soon.
    var charts: (html: HTML, isUnderWay: Bool) = ("", false)
    /// The rooms of NetAtmo Energy.
    var rooms: HTML = ""
    /// Whether it comes again by itself while charts are to come: not where a reader may be writing into its forms.
    var mayRefresh = false

    enum Field: String, Sendable {
        case audience
        case formToken = "form-token"
        case token
        case readings
        case rooms
        case refresh
        case charts
    }

    var html: String {
        Self.template.filled(behind: prefix) { field -> HTML in
            switch field {
            case .audience: HTML(audience.rawValue)
            case .formToken: HTML(formToken)
            case .token: HTML(snapshot.token.words(at: now))
            case .readings: HTML(snapshot.data.words)
            case .rooms: rooms
            case .refresh: charts.isUnderWay && mayRefresh ? .refresh : ""
            case .charts: charts.html
            }
        }
    }

    /// From elsewhere a form begins the sign-in.
    func contentSecurityPolicy(apiURL: String) -> String {
        PageHeaders.contentSecurityPolicy(signInAt: audience == .remote ? apiURL : nil)
    }

    private static let template = PageTemplate<Field>(String(decoding: PackageResources.index_html, as: UTF8.self))
}
