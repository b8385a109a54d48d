import Testing

@testable import Homes
@testable import Netatmo

@Suite("What NetAtmo's OAuth endpoints are sent")
struct OAuthRequestTests {
    private static let answer = #"{"access_token":"a","refresh_token":"r","scope":["read_station"],"expires_in":10800,"expire_in":10800}"#

    private func client(_ transport: any NetatmoTransport) -> OAuthClient {
        OAuthClient(baseURL: "https://api.netatmo.com", credentials: credentials, transport: transport)
    }

    @Test("The address for the browser holds the app, where to come back, the scope and the state, all encoded")
    func authorizeURL() {
        let url = client(RecordingTransport("")).authorizeURL(redirectURI: "http://127.0.0.1:9210/auth/callback", state: secret("s t&1"))
        #expect(
            url == "https://api.netatmo.com/oauth2/authorize?client_id=app-5f%261"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9210%2Fauth%2Fcallback&response_type=code&scope=read_station&state=s%20t%261"
        )
        #expect(!url.contains("Cl1ent"))
    }

    @Test("A code is exchanged with the app's credentials in the form")
    func exchange() async throws {
        let transport = RecordingTransport(Self.answer)
        _ = try await client(transport).exchange(code: secret("c|1"), redirectURI: "http://localhost:9210/auth/callback")
        let request = try #require(transport.sent.first)
        #expect(transport.sent.count == 1)
        #expect(request.path == "/oauth2/token" && request.purpose == .token)
        #expect(request.accessToken == nil)
        #expect(
            request.formText == "grant_type=authorization_code&client_id=app-5f%261&client_secret=Cl1ent%2FSecret%2B0123456789%3D%3D"
                + "&code=c%7C1&redirect_uri=http%3A%2F%2Flocalhost%3A9210%2Fauth%2Fcallback&scope=read_station"
        )
    }

    @Test("A refresh sends the refresh token, once, and asks for nothing more")
    func refresh() async throws {
        let transport = RecordingTransport(Self.answer)
        _ = try await client(transport).refresh(secret("5f1c|9a+8b"))
        let request = try #require(transport.sent.first)
        #expect(transport.sent.count == 1)
        #expect(request.path == "/oauth2/token" && request.purpose == .token)
        #expect(request.accessToken == nil)
        #expect(
            request.formText == "grant_type=refresh_token&client_id=app-5f%261&client_secret=Cl1ent%2FSecret%2B0123456789%3D%3D"
                + "&refresh_token=5f1c%7C9a%2B8b"
        )
    }

    @Test("A request for the stations carries the access token in its header, not in its form")
    func stations() async throws {
        let transport = RecordingTransport(#"{"body":{"devices":[]},"status":"ok"}"#)
        #expect(try await StationsClient(transport: transport).stations(accessToken: secret("5f|a")).stations.isEmpty)
        let request = try #require(transport.sent.first)
        #expect(request.path == "/api/getstationsdata" && request.purpose == .data)
        #expect(request.accessToken == secret("5f|a"))
        #expect(request.form.isEmpty)
    }

    @Test("Without a connection the transport's error comes through as it is")
    func noConnection() async {
        let error = NetatmoError(.timeout, message: "Read timeout")
        await #expect(throws: error) { try await client(RecordingTransport(.failure(error))).refresh(secret("r")) }
        await #expect(throws: error) {
            try await StationsClient(transport: RecordingTransport(.failure(error))).stations(accessToken: secret("a"))
        }
    }
}
