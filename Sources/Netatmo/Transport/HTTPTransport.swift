package import AsyncHTTPClient
package import FoundationEssentials
package import Homes
import NIOCore
import NIOHTTP1
import OperatingSystem

/// Requests to NetAtmo by HTTP, bounded in time and size.
package struct HTTPTransport: NetatmoTransport {
    private let baseURL: String
    private let client: HTTPClient
    private let network: OutboundNetwork
    let limit: Duration
    private let now: @Sendable () -> Date

    /// How long a whole request may take: connecting, sending and the answer.
    package static let requestLimit = Duration.seconds(30)

    /// The most bytes that an answer's body may have: 8 MiB, which is more than 9,000 modules take.
    static let bodyLimit = 8 << 20

    /// - Parameters:
    ///   - baseURL: Scheme, host and port, such as `https://api.netatmo.com`, without a slash at its end.
    ///   - client: The client that owns the connections; the caller shuts it down.
    ///   - network: What the client was set up by.
    ///   - limit: How long an exchange may take in all.
    ///   - now: The time, for a `Retry-After` that is a time in an answer that does not say its own.
    package init(
        baseURL: String, client: HTTPClient, network: OutboundNetwork = OutboundNetwork(), limit: Duration = requestLimit,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.baseURL = baseURL
        self.client = client
        self.network = network
        self.limit = limit
        self.now = now
    }

    /// Sends a request; see ``NetatmoTransport``. The whole exchange takes at most 30 s, the body at most 8 MiB.
    package func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        let departure = Departure()
        do {
            let http = message(request, departure: departure)
            return try await boundedExchange(limit: limit, orThrow: ExchangeFailure.tooSlow(limit)) { try await exchange(http) }
        } catch let failure as ExchangeFailure {
            throw await explained(NetatmoError(failure, wasSent: departure.hasBegun))
        } catch {
            throw await explained(NetatmoError(.beforeAnswer(error), wasSent: departure.hasBegun))
        }
    }

    /// An error with the reason why a certificate was refused, where that is what happened and nothing is known of it.
    private func explained(_ error: NetatmoError) async -> NetatmoError {
        guard error.kind == .certificate, error.message == nil, !error.mayHaveBeenCarriedOut,
            let reason = await CertificateProbe(network: network).reason(url: baseURL, now: now())
        else { return error }
        return NetatmoError(.certificate, message: reason)
    }

    private func message(_ request: NetatmoRequest, departure: Departure) -> HTTPClientRequest {
        var http = HTTPClientRequest(url: baseURL + request.path)
        http.method = .POST
        http.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        http.headers.add(name: "Accept", value: "application/json")
        http.headers.add(name: "User-Agent", value: "netatmo-dashboard")
        if let accessToken = request.accessToken {
            http.headers.add(name: "Authorization", value: "Bearer \(accessToken.reveal())")
        }
        let form = ByteBuffer(string: PercentEncoding.form(request.form))
        http.body = .stream(WatchedBody(bytes: form, departure: departure), length: .known(Int64(form.readableBytes)))
        return http
    }

    private func exchange(_ http: HTTPClientRequest) async throws(ExchangeFailure) -> NetatmoAnswer {
        let response: HTTPClientResponse
        do {
            response = try await client.execute(http, timeout: TimeAmount(Self.requestLimit))
        } catch {
            throw .beforeAnswer(error)
        }
        do {
            let body = try await response.body.collect(upTo: Self.bodyLimit)
            return NetatmoAnswer(status: Int(response.status.code), retryAfter: retryAfter(response.headers), body: Array(buffer: body))
        } catch {
            throw .insideAnswer(error)
        }
    }

    private func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        headers.first(name: "Retry-After").flatMap { RetryAfter.duration($0, answeredAt: headers.first(name: "Date"), now: now()) }
    }
}
