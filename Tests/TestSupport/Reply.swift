package import Homes
package import Netatmo

/// What NetAtmo answers, in a script.
package struct Reply: Sendable {
    private let result: Result<NetatmoAnswer, NetatmoError>
    private let gate: Gate?

    /// The answer without waiting for a gate.
    package func now() throws(NetatmoError) -> NetatmoAnswer {
        try result.get()
    }

    func answer() async throws(NetatmoError) -> NetatmoAnswer {
        do {
            try await gate?.pass()
        } catch {
            throw NetatmoError(.network, message: "cancelled")
        }
        return try result.get()
    }

    /// An answer with a status and a body.
    package static func status(_ status: Int, _ body: String = "", retryAfter: Duration? = nil) -> Reply {
        Reply(result: .success(NetatmoAnswer(status: status, retryAfter: retryAfter, body: Array(body.utf8))), gate: nil)
    }

    /// No answer at all.
    package static func failure(_ error: NetatmoError) -> Reply {
        Reply(result: .failure(error), gate: nil)
    }

    /// A new pair of tokens.
    package static func grant(_ access: String, _ refresh: String?, seconds: Int = 10_800) -> Reply {
        let pair = refresh.map { #""refresh_token":"\#($0)","# } ?? ""
        return status(200, #"{"access_token":"\#(access)",\#(pair)"expires_in":\#(seconds),"scope":["read_station"]}"#)
    }

    /// An error of `/oauth2/token`, such as `invalid_grant`.
    package static func oauthError(_ word: String) -> Reply {
        status(400, #"{"error":"\#(word)"}"#)
    }

    /// An error of `/api`, such as 403 with code 3.
    package static func apiError(_ status: Int, code: Int, retryAfter: Duration? = nil) -> Reply {
        self.status(status, #"{"error":{"code":\#(code),"message":"a message of NetAtmo"}}"#, retryAfter: retryAfter)
    }

    /// An outage: 503 with a page of HTML.
    package static let outage = status(503, "<html><body>503</body></html>")

    /// The sample stations.
    package static let stations = status(200, SampleStations.json)

    /// The same, but only after a gate was opened.
    package func held(by gate: Gate) -> Reply {
        Reply(result: result, gate: gate)
    }
}
