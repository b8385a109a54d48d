import FoundationEssentials
import Homes
import Netatmo
import Synchronization

/// Carries requests on to NetAtmo, and knows by what the client received which refresh token it has to use.
final class WatchedTransport: NetatmoTransport {
    /// What the client did and received so far.
    struct Record: Sendable {
        /// The refresh token of the last pair that the client received, or the one that it began with.
        var current: String?
        /// Those that it must not use any more.
        var superseded: Set<String> = []
        /// How many pairs it received.
        var pairs = 0
        /// The most refusals of its own token in a row since the last pair; an answer that is none of NetAtmo's ends a row.
        var refusals = 0
        fileprivate var row = 0
        /// What it did that no client should.
        var wrongs: [String] = []
        fileprivate var tokenRequestsUnderWay = 0
    }

    private let carrier: HTTPTransport
    private let state: Mutex<Record>

    /// - Parameter refreshToken: What the client begins with.
    init(_ carrier: HTTPTransport, refreshToken: String) {
        self.carrier = carrier
        state = Mutex(Record(current: refreshToken))
    }

    /// What there is to know by now.
    var record: Record { state.withLock { $0 } }

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        guard request.path == "/oauth2/token" else { return try await carrier.send(request) }
        let used = request.form.first { $0.name == "refresh_token" }?.value
        state.withLock { $0.begin(with: used) }
        defer { state.withLock { $0.tokenRequestsUnderWay -= 1 } }
        do {
            let answer = try await carrier.send(request)
            state.withLock { $0.take(answer, to: used) }
            return answer
        } catch {
            state.withLock { $0.takeTrouble(with: used) }
            throw error
        }
    }
}

extension WatchedTransport.Record {
    fileprivate mutating func begin(with refreshToken: String?) {
        tokenRequestsUnderWay += 1
        if tokenRequestsUnderWay > 1 { wrongs.append("\(tokenRequestsUnderWay) requests for tokens at once") }
        if let refreshToken, superseded.contains(refreshToken) {
            wrongs.append("a refresh with a token whose successor had been received")
        }
    }

    fileprivate mutating func take(_ answer: NetatmoAnswer, to refreshToken: String?) {
        let body = Data(answer.body)
        if answer.status == 200, let pair = try? JSONDecoder().decode(Pair.self, from: body) {
            superseded.formUnion([refreshToken, current].compactMap(\.self))
            current = pair.refresh_token
            pairs += 1
            (refusals, row) = (0, 0)
        } else if refreshToken == current, (try? JSONDecoder().decode(Refusal.self, from: body))?.error == "invalid_grant" {
            row += 1
            refusals = max(refusals, row)
        } else if answer.status == 200 || answer.status >= 500 || answer.body.first == UInt8(ascii: "<") {
            takeTrouble(with: refreshToken)
        }
    }

    /// No answer, or none that NetAtmo gives where it is well: what it refused before that says nothing.
    fileprivate mutating func takeTrouble(with refreshToken: String?) {
        if refreshToken == current { row = 0 }
    }

    private struct Pair: Decodable {
        let access_token: String
        let refresh_token: String
    }

    private struct Refusal: Decodable {
        let error: String
    }
}
