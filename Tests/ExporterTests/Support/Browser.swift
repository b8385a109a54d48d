import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A browser that follows no redirect by itself, and keeps all it got from the exporter.
struct Browser: Sendable {
    struct Page: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: String

        var location: String? { headers.first { $0.name.lowercased() == "location" }?.value }
    }

    let client: HTTPClient

    func get(_ url: String, headers: [(String, String)] = []) async throws -> Page {
        var request = HTTPClientRequest(url: url)
        request.headers = HTTPHeaders(headers)
        return try await send(request)
    }

    func post(_ url: String, form: String) async throws -> Page {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: form))
        return try await send(request)
    }

    /// Accepts or denies on NetAtmo's sign-in page.
    ///
    /// - Returns: Where NetAtmo sends the browser to.
    func decide(_ decision: String, at authorizeURL: String) async throws -> String {
        let page = try await get(authorizeURL)
        #expect(page.status == 200)
        #expect(page.body.contains("Accept"))
        let parts = authorizeURL.split(separator: "?", maxSplits: 1)
        let answer = try await post(String(parts[0]), form: "\(parts[1])&decision=\(decision)")
        #expect(answer.status == 302)
        return try #require(answer.location)
    }

    private func send(_ request: HTTPClientRequest) async throws -> Page {
        let response = try await client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 20)
        return Page(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: String(buffer: body)
        )
    }
}
