import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Netatmo
import TestSupport
import Testing

@Suite("The paths for programs that watch the exporter")
struct StatusRouteTests {
    @Test("/api/status is JSON that no cache keeps, to GET and HEAD", arguments: ["router", "live"])
    func status(setup: String) async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(setup == "live" ? .live : .router) { client in
            let answer = try await client.send(.get, "/api/status")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            let document = try JSONDecoder().decode(JSONValue.self, from: Data(answer.text.utf8))
            guard case .object(let members) = document else { throw NothingCame(what: "an object") }
            #expect(members["version"] == .integer(2))
            let head = try await client.send(.head, "/api/status")
            #expect(head.status == .ok)
            #expect(head.body.readableBytes == 0)
        }
    }

    @Test("/healthz is ok as long as the program answers, whatever the token and the readings are")
    func health() async throws {
        try await WebBench().test(.live) { client in
            let answer = try await client.send(.get, "/healthz")
            #expect(answer.status == .ok)
            #expect(answer.text == "ok\n")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(try await client.send(.head, "/healthz").status == .ok)
        }
    }

    @Test("/readyz is 200 with a token and readings, else 503 and why, to GET and HEAD")
    func readiness() async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            let before = try await client.send(.get, "/readyz")
            #expect(before.status == .serviceUnavailable)
            #expect(before.text == "token: missing; sign in; readings: none yet\n")
            #expect(before.headers[.cacheControl] == "no-store")
            #expect(try await client.send(.head, "/readyz").status == .serviceUnavailable)
            bench.fill()
            let after = try await client.send(.get, "/readyz")
            #expect(after.status == .ok)
            #expect(after.text == "ready\n")
            #expect(try await client.send(.head, "/readyz").status == .ok)
        }
    }
}
