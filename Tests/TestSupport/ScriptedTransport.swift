package import Homes
package import Netatmo
import Synchronization
package import OperatingSystem

/// NetAtmo as a script: answers each request by its path, and remembers them. Secrets never show in a failed expectation.
package final class ScriptedTransport: NetatmoTransport {
    /// A request that came.
    package struct Request: Sendable, Hashable, CustomStringConvertible {
        /// Its path.
        package let path: String
        /// What is in `Authorization`.
        package let accessToken: Secret?
        /// The values of its form.
        package let form: [String: Secret]

        /// `grant_type`, `refresh_token` or `authorization_code`; `nil` where it asks for data.
        package var grantType: String? { form["grant_type"]?.reveal() }

        /// The path and the kind of grant, without any secret.
        package var description: String { grantType.map { "\(path) \($0)" } ?? path }
    }

    /// Answers a request.
    package typealias Responder = @Sendable (Request) async throws(NetatmoError) -> NetatmoAnswer

    private struct State {
        var requests: [Request] = []
        var scripts: [String: [Reply]] = [:]
        var inFlight = 0
        var mostInFlight = 0
        var watchers: [(count: Int, path: String?, gate: Gate)] = []

        func count(_ path: String?) -> Int {
            path.map { path in requests.count { $0.path == path } } ?? requests.count
        }
    }

    private let state = Mutex(State())
    private let otherwise: Responder
    private let journal: Journal?

    /// - Parameters:
    ///   - journal: Gets the description of each request when it arrives.
    ///   - otherwise: Answers where the script has come to its end; without it such a request has no connection.
    package init(
        journal: Journal? = nil,
        otherwise: @escaping Responder = { _ throws(NetatmoError) in throw NetatmoError(.network, message: "no script") }
    ) {
        self.journal = journal
        self.otherwise = otherwise
    }

    /// Puts replies at the end of the script for a path.
    package func script(_ path: String, _ replies: Reply...) {
        state.withLock { $0.scripts[path, default: []] += replies }
    }

    /// Puts replies at the end of the script for `/oauth2/token`.
    package func tokens(_ replies: Reply...) {
        state.withLock { $0.scripts[Self.tokenPath, default: []] += replies }
    }

    /// Puts replies at the end of the script for `/api/getstationsdata`.
    package func stations(_ replies: Reply...) {
        state.withLock { $0.scripts[Self.stationsPath, default: []] += replies }
    }

    /// Where tokens come from.
    package static let tokenPath = "/oauth2/token"
    /// Where readings come from.
    package static let stationsPath = "/api/getstationsdata"

    /// The requests so far.
    package var requests: [Request] { state.withLock { $0.requests } }
    /// The requests for tokens so far.
    package var tokenRequests: [Request] { requests.filter { $0.path == Self.tokenPath } }
    /// The requests for readings so far.
    package var stationsRequests: [Request] { requests.filter { $0.path == Self.stationsPath } }
    /// How many requests for tokens were under way at once, at most.
    package var mostTokenRequestsInFlight: Int { state.withLock { $0.mostInFlight } }

    /// Waits until so many requests came in all, answered or not.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - path: Counts those of that path alone.
    package func requests(atLeast count: Int, path: String? = nil) async throws {
        let gate = Gate()
        let isThere = state.withLock { state in
            if state.count(path) >= count { return true }
            state.watchers.append((count, path, gate))
            return false
        }
        guard !isThere else { return }
        try await waiting(for: "\(count) requests to \(path ?? "NetAtmo")") { try await gate.pass() }
    }

    /// Answers a request as the script says; see `NetatmoTransport`.
    package func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        let form = request.form.reduce(into: [:]) { $0[$1.name] = Secret($1.value) }
        let request = Request(path: request.path, accessToken: request.accessToken, form: form)
        journal?.note(request.description)
        let isToken = request.path == Self.tokenPath
        let (reply, gates) = state.withLock { state in
            state.requests.append(request)
            if isToken {
                state.inFlight += 1
                state.mostInFlight = max(state.mostInFlight, state.inFlight)
            }
            let reply = state.scripts[request.path]?.isEmpty == false ? state.scripts[request.path]?.removeFirst() : nil
            let satisfied = state.watchers.filter { state.count($0.path) >= $0.count }.map(\.gate)
            state.watchers = state.watchers.filter { state.count($0.path) < $0.count }
            return (reply, satisfied)
        }
        defer { if isToken { state.withLock { $0.inFlight -= 1 } } }
        for gate in gates { gate.open() }
        guard let reply else { return try await otherwise(request) }
        return try await reply.answer()
    }
}
