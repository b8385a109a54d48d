import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// A browser that follows no redirect by itself, and keeps the cookies that it gets.
struct Browser: Sendable {
    struct Page: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: String

        var location: String? { headers.first { $0.name.lowercased() == "location" }?.value }
    }

    /// The cookies of 127.0.0.1, by name.
    private final class Cookies: Sendable {
        private let values = Mutex<[String: String]>([:])

        var field: String {
            values.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        }

        func take(_ field: String) {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return }
            values.withLock { $0[String(pair[0])] = String(pair[1]) }
        }
    }

    let client: HTTPClient
    private let cookies = Cookies()

    init(client: HTTPClient) {
        self.client = client
    }

    /// The same browser without cookies, as another user's would be.
    var another: Browser { Browser(client: client) }

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

    /// Opens an address that holds a one-time key, and presses the button of the page.
    func open(_ addressWithKey: String) async throws -> Page {
        let page = try await get(addressWithKey)
        let key = try #require(page.body.firstMatch(of: /name="key" value="([^"]+)"/)?.1)
        return try await post(String(addressWithKey.prefix { $0 != "?" }), form: "key=\(key)")
    }

    /// Sends the form of the home page with a refresh token.
    func bring(_ refreshToken: String, to home: String) async throws -> Page {
        let page = try await get(home)
        let token = try #require(page.body.firstMatch(of: /name="form_token" value="([^"]+)"/)?.1)
        let encoded = refreshToken.replacing("|", with: "%7C")
        return try await post("\(home)auth/settoken", form: "form_token=\(token)&refresh_token=\(encoded)")
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
        var request = request
        if !cookies.field.isEmpty { request.headers.add(name: "Cookie", value: cookies.field) }
        let response = try await client.execute(request, timeout: .seconds(60))
        for field in response.headers["Set-Cookie"] { cookies.take(field) }
        let body = try await response.body.collect(upTo: 1 << 20)
        return Page(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: String(buffer: body)
        )
    }
}
