import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import NetatmoSimulator

@Suite("Control by HTTP")
struct ControlTests {
    private func post(_ client: any TestClientProtocol, _ json: String) async throws -> TestResponse {
        try await client.execute(
            uri: "/simulator/faults",
            method: .post,
            headers: [.contentType: "application/json"],
            body: ByteBuffer(string: json)
        )
    }

    @Test("A fault is put in, takes effect and is taken out")
    func faults() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let json = #"{"fault":"status","on":"stationsData","forever":true,"status":503,"headers":{"Retry-After":"5"}}"#
            #expect(try await self.post(client, json).status == .noContent)
            let refused = try await client.data("/api/getstationsdata", token: token)
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers[.retryAfter] == "5")
            #expect(try await client.execute(uri: "/simulator/faults", method: .delete).status == .noContent)
            #expect(try await client.data("/api/getstationsdata", token: token).status == .ok)
        }
    }

    @Test(
        "Each fault has a name",
        arguments: [
            "dropBeforeAnswer", "dropAfterWork", "truncatedBody", "resetBeforeAnswer", "resetAfterWork", "resetInBody", "garbage",
            "randomBody", "oversizedBody", "slowBody", "emptyDevices", "missingReadings", "hang",
        ])
    func names(name: String) throws {
        #expect(try FaultRequest(fault: name).makeFault().name == name)
    }

    @Test(
        "What makes no sense is refused with a reason",
        arguments: [
            "", "[]", "{}", #"{"fault":"earthquake"}"#, #"{"fault":"status"}"#, #"{"fault":"status","status":99}"#,
            #"{"fault":"delay"}"#, #"{"fault":"delay","seconds":-1}"#, #"{"fault":"delay","seconds":1e9}"#,
            #"{"fault":"hang","times":0}"#, #"{"fault":"hang","on":"nowhere"}"#,
        ])
    func refusals(json: String) async throws {
        let simulation = Simulation()
        try await simulation.run { client in
            let response = try await self.post(client, json)
            #expect(response.status == .badRequest)
            #expect(try response.json()["error"]?["message"]?.string?.isEmpty == false)
        }
    }

    @Test("Tokens, revoking and the record work by HTTP")
    func rest() async throws {
        try await Simulation().run { client in
            let tokens = try await client.execute(uri: "/simulator/tokens", method: .post).json()
            let access = try #require(tokens["access_token"]?.string)
            #expect(try await client.data("/api/getstationsdata", token: access).status == .ok)
            #expect(try await client.execute(uri: "/simulator/revoke", method: .post).status == .noContent)
            #expect(try await client.data("/api/getstationsdata", token: access).status == .forbidden)
            let record = try await client.execute(uri: "/simulator/requests", method: .get).json()
            #expect(record["count"] == .number(2))
            let requests = record["requests"]?.elements ?? []
            #expect(requests.map { $0["status"]?.integer } == [200, 403])
            #expect(requests.last?["error"] == .string("2"))
            #expect(requests.first?["time"] == .number(Double(TestClock.monday)))
        }
    }

    @Test(
        "Tokens have the rights that are asked for",
        arguments: [
            ("", 200, 200), ("?scope=read_station", 200, 403), ("?scope=read_homecoach", 403, 200),
            ("?scope=read_homecoach+read_station", 200, 200),
        ])
    func tokenScopes(query: String, stations: Int, coaches: Int) async throws {
        try await Simulation().run { client in
            let tokens = try await client.execute(uri: "/simulator/tokens" + query, method: .post).json()
            let access = try #require(tokens["access_token"]?.string)
            #expect(try await client.data("/api/getstationsdata", token: access).status.code == stations)
            #expect(try await client.data("/api/gethomecoachsdata", token: access).status.code == coaches)
        }
    }

    @Test("Rights that don't exist are refused", arguments: ["?scope=", "?scope=everything", "?scopes=read_station", "?scope=%zz"])
    func unknownScopes(query: String) async throws {
        try await Simulation().run { client in
            let response = try await client.execute(uri: "/simulator/tokens" + query, method: .post)
            #expect(response.status == .badRequest)
            #expect(!response.text.contains("access_token"))
        }
    }

    @Test("Pages of other sites may not control it")
    func origins() async throws {
        try await Simulation().run { client in
            for (origin, status) in [("https://evil.example", 403), ("null", 403), ("http://localhost:9211", 204)] {
                let response = try await client.execute(uri: "/simulator/revoke", method: .post, headers: [.origin: origin])
                #expect(response.status.code == status)
            }
        }
    }

    @Test(
        "Only names of this machine are this machine",
        arguments: [
            ("localhost", true), ("LocalHost:9211", true), ("127.0.0.1:80", true), ("127.1.2.3", true), ("[::1]", true),
            ("[::1]:9211", true),
            ("example.com", false), ("127.0.0.1.example.com", false), ("127.0.0", false), ("127.0.0.256", false), ("127.+1.0.1", false),
            ("localhost.example.com:80", false), ("", false), ("[::2]", false), ("[", false), ("10.0.0.1", false),
        ])
    func loopback(authority: String, isLoopback: Bool) {
        #expect(LoopbackAuthority.isLoopback(authority) == isLoopback)
    }

    @Test("The front page says what there is")
    func overview() async throws {
        try await Simulation().run { client in
            let response = try await client.execute(uri: "/", method: .get)
            #expect(response.text.contains("/api/getstationsdata"))
        }
    }
}

extension FaultRequest {
    fileprivate init(fault: String) {
        self.init(fault: fault, on: nil)
    }
}
