import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `/simulator/…`: what tests do by calling ``SimulatedNetatmo``, for people with curl.
struct ControlRoutes: Sendable {
    let netatmo: SimulatedNetatmo

    func add(to router: Router<SimulatorContext>) {
        router.post("/simulator/faults") { request, context in
            try await guarded(request) { try await inject(request, context: context) }
        }
        router.delete("/simulator/faults") { request, _ in
            try await guarded(request) {
                await netatmo.clearFaults()
                return Response(status: .noContent)
            }
        }
        router.post("/simulator/revoke") { request, _ in
            try await guarded(request) {
                await netatmo.revokeAll()
                return Response(status: .noContent)
            }
        }
        router.post("/simulator/tokens") { request, _ in
            try await guarded(request) {
                let tokens = try await self.tokens(for: request)
                return Response(APIAnswer(json: ["access_token": tokens.access, "refresh_token": tokens.refresh]))
            }
        }
        router.get("/simulator/requests") { request, _ in
            try await guarded(request) { Response(APIAnswer(json: await record())) }
        }
    }

    private struct Record: Encodable {
        enum CodingKeys: String, CodingKey {
            case count, requests
            case mostConcurrentRefreshes = "most_concurrent_refreshes"
        }

        let count: Int
        let mostConcurrentRefreshes: Int
        let requests: [RecordedRequest]
    }

    private func record() async -> Record {
        Record(
            count: await netatmo.requestCount, mostConcurrentRefreshes: await netatmo.mostConcurrentRefreshes,
            requests: await netatmo.requests
        )
    }

    /// With the rights that `?scope=` lists, or with the usual ones.
    private func tokens(for request: Request) async throws -> (access: String, refresh: String) {
        guard let query = request.uri.query, !query.isEmpty else { return await netatmo.issueTokens() }
        guard let asked = (try? FormFields(query))?["scope"], let scope = Scope.parse(asked) else {
            throw HTTPError(.badRequest, message: "the query has to be scope=… with names of rights and + between, such as read_station")
        }
        return await netatmo.issueTokens(scope: scope)
    }

    private func inject(_ request: Request, context: SimulatorContext) async throws -> Response {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        do {
            let wanted = try JSONDecoder().decode(FaultRequest.self, from: Data(body.readableBytesView))
            await netatmo.inject(try wanted.makeFault(), on: wanted.endpoint, times: try wanted.count())
            return Response(status: .noContent)
        } catch let problem as FaultRequest.Problem {
            throw HTTPError(.badRequest, message: problem.message)
        } catch is DecodingError {
            let endpoints = Endpoint.allCases.map(\.rawValue).joined(separator: ", ")
            throw HTTPError(.badRequest, message: "the body has to be a JSON object with fault; on is one of \(endpoints)")
        }
    }

    /// Only for users of this machine: not for other hosts' names that point here (DNS rebinding), and not for other sites' pages.
    private func guarded(_ request: Request, _ action: () async throws -> Response) async throws -> Response {
        guard let authority = request.head.authority, LoopbackAuthority.isLoopback(authority) else {
            throw HTTPError(.forbidden, message: "only for requests to localhost")
        }
        if let origin = request.headers[.origin] {
            guard origin.hasPrefix("http://"), LoopbackAuthority.isLoopback(String(origin.dropFirst("http://".count))) else {
                throw HTTPError(.forbidden, message: "only for pages of localhost")
            }
        }
        return try await action()
    }
}

/// Tells addresses of this machine by their text.
enum LoopbackAuthority {
    /// Whether a `Host` is `localhost`, `127.x.x.x` or `[::1]`, with or without a port.
    static func isLoopback(_ authority: String) -> Bool {
        let host = withoutPort(authority).lowercased()
        return host == "localhost" || host == "[::1]" || isLoopbackAddress(host)
    }

    private static func withoutPort(_ authority: String) -> Substring {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return "" }
            return authority[...end]
        }
        return authority.prefix { $0 != ":" }
    }

    private static func isLoopbackAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
        }
    }
}
