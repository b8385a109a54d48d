/// A request without its HTTP: what is asked, with what.
struct APICall: Sendable {
    enum Method: Sendable {
        case get, post
    }

    let endpoint: Endpoint
    let method: Method
    /// `nil` if the query or form couldn't be read.
    let fields: FormFields?
    /// The token of `Authorization: Bearer …`.
    var bearer: String?

    /// How tokens are asked for, as far as the request says so.
    var grant: RecordedRequest.Grant? {
        guard endpoint == .token else { return nil }
        switch fields?["grant_type"] {
        case "authorization_code": return .authorizationCode
        case "refresh_token": return .refreshToken
        default: return nil
        }
    }
}
