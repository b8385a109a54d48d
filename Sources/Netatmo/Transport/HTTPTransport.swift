public import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// Requests to NetAtmo by HTTP, bounded in time and size.
public struct HTTPTransport: NetatmoTransport {
    private let baseURL: String
    private let client: HTTPClient
    private let limit: Duration

    /// - Parameters:
    ///   - baseURL: Scheme, host and port, such as `https://api.netatmo.com`, without a slash at its end.
    ///   - client: The client that owns the connections; whoever made it shuts it down.
    ///   - limit: How long an exchange may take in all.
    public init(baseURL: String, client: HTTPClient, limit: Duration = .seconds(30)) {
        self.baseURL = baseURL
        self.client = client
        self.limit = limit
    }

    /// How the client has to be set up: 10 s to connect, no redirect, since one would carry the secrets elsewhere.
    public static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(30))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Sends a request; see ``NetatmoTransport``. The whole exchange takes at most 30 s, the body at most 16 MiB.
    public func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        var http = HTTPClientRequest(url: baseURL + request.path)
        http.method = .POST
        http.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        http.headers.add(name: "Accept", value: "application/json")
        http.headers.add(name: "User-Agent", value: "netatmo-dashboard")
        if let accessToken = request.accessToken {
            http.headers.add(name: "Authorization", value: "Bearer \(accessToken.reveal())")
        }
        http.body = .bytes(ByteBuffer(string: PercentEncoding.form(request.form)))
        do {
            return try await bounded { [client, http] in
                let response = try await client.execute(http, timeout: .seconds(30))
                let body = try await response.body.collect(upTo: 16 << 20)
                return NetatmoAnswer(
                    status: Int(response.status.code),
                    retryAfter: response.headers.first(name: "Retry-After"),
                    body: Array(buffer: body)
                )
            }
        } catch let error as NetatmoError {
            throw error
        } catch {
            throw NetatmoError(noAnswer: error)
        }
    }

    /// Ends an exchange that takes longer than the limit. The client's own deadline counts until the answer begins; one that
    /// comes a byte at a time would last for ever.
    private func bounded(_ exchange: @escaping @Sendable () async throws -> NetatmoAnswer) async throws -> NetatmoAnswer {
        try await withThrowingTaskGroup(of: NetatmoAnswer.self) { group in
            group.addTask { try await exchange() }
            group.addTask { [limit] in
                try await Task.sleep(for: limit)
                throw NetatmoError(.timeout, message: "not complete after \(limit.components.seconds) s")
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw NetatmoError(.network) }
            return answer
        }
    }
}

extension NetatmoError {
    /// An error of the HTTP client as one of ours. Only texts that can't hold a secret are taken over.
    init(noAnswer error: any Error) {
        switch error {
        case let error as HTTPClientError where Self.timeouts.contains(error):
            self.init(.timeout, message: error.shortDescription)
        case let error as HTTPClientError:
            self.init(.network, message: error.shortDescription)
        case let error as IOError:
            self.init(.network, message: systemMessage(error.errnoCode))
        case let error as NIOConnectionError:
            self.init(.network, message: Self.reason(of: error))
        case is NIOTooManyBytesError:
            self.init(.invalidAnswer, message: "more than 16 MiB")
        case is CancellationError:
            self.init(.network, message: "cancelled")
        default:
            self.init(.network, message: "\(type(of: error))")
        }
    }

    private static var timeouts: [HTTPClientError] {
        [.connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout]
    }

    private static func reason(of error: NIOConnectionError) -> String {
        if let failure = error.connectionErrors.first {
            return (failure.error as? IOError).map { systemMessage($0.errnoCode) } ?? "connection failed"
        }
        return error.dnsAError != nil || error.dnsAAAAError != nil ? "host \(error.host) not found" : "connection failed"
    }
}
