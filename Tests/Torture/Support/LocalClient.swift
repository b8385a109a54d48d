import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Asks servers of this machine.
struct LocalClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let location: String?
        let cookie: String?
        let body: String
    }

    private let client: HTTPClient

    /// Runs `body` with a client that follows no redirect.
    static func run<Value>(_ body: (LocalClient) async throws -> Value) async throws -> Value {
        let configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        return try await HTTPClient.withHTTPClient(configuration: configuration) { try await body(LocalClient(client: $0)) }
    }

    private init(client: HTTPClient) {
        self.client = client
    }

    /// - Parameters:
    ///   - address: The address.
    ///   - form: Makes it a POST of a form.
    ///   - fields: Header fields.
    ///   - limit: How long it may take until the answer begins.
    func send(
        _ address: String, form: String? = nil, fields: [(String, String)] = [], within limit: TimeAmount = .seconds(20)
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: address)
        if let form {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: form))
        }
        for (name, value) in fields { request.headers.add(name: name, value: value) }
        let response = try await client.execute(request, timeout: limit)
        let body = try await response.body.collect(upTo: 4 << 20)
        return Answer(
            status: Int(response.status.code), location: response.headers.first(name: "Location"),
            cookie: response.headers.first(name: "Set-Cookie"), body: String(buffer: body)
        )
    }

    /// Whether NetAtmo gives data for an access token.
    func isAccepted(_ accessToken: String, by netatmo: LocalNetatmo) async throws -> Bool {
        try await send("\(netatmo.url)/api/getstationsdata", form: "", fields: [("Authorization", "Bearer \(accessToken)")]).status == 200
    }
}
