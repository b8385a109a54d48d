import Glibc
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import NetatmoSimulator

@Suite("Faults")
struct FaultTests {
    @Test("A status fault answers as told and does nothing", arguments: [TestingSetup.router, .live])
    func status(setup: TestingSetup) async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        let headers = [("Retry-After", "7"), ("Content-Length", "1"), ("bad name", "x"), ("X-Bad", "a\r\nb")]
        await simulation.netatmo.inject(.status(429, body: "busy", contentType: "text/plain", headers: headers), on: .token)
        try await simulation.run(setup) { client async throws in
            let refused = try await client.refresh(tokens.refresh)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.text == "busy")
            #expect(refused.headers[.retryAfter] == "7")
            #expect(refused.headers[.contentType] == "text/plain")
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("A status out of range is sent as 500", arguments: [-1, 0, 101, 600, 1000, .max])
    func strangeStatus(code: Int) async throws {
        let simulation = Simulation()
        await simulation.netatmo.inject(.status(code, body: "", contentType: "\n", headers: []), on: .any)
        try await simulation.run(.live) { client async throws in
            let response = try await client.data("/api/getstationsdata", token: nil)
            #expect(response.status == .internalServerError)
        }
    }

    @Test("Faults come in the order in which they were asked for, each for its endpoint")
    func order() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.unavailable, on: .stationsData, times: 2)
        await simulation.netatmo.inject(.usageReached, on: .any, times: 1)
        await simulation.netatmo.inject(.invalidGrant, on: .token, times: 0)
        try await simulation.run { client async throws in
            let codes = [503, 503, 403, 200]
            for code in codes {
                #expect(try await client.data("/api/getstationsdata", token: tokens.access).status.code == code)
            }
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
        #expect(await simulation.netatmo.requests.map(\.fault) == ["status", "status", "status", nil, nil])
    }

    @Test("A fault for ever ends with clearFaults")
    func forever() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        await simulation.netatmo.inject(.unavailable, on: .any, times: SimulatedNetatmo.forever)
        try await simulation.run { client async throws in
            for _ in 0..<5 {
                #expect(try await client.data("/api/getstationsdata", token: token).status == .serviceUnavailable)
            }
            await simulation.netatmo.clearFaults()
            #expect(try await client.data("/api/getstationsdata", token: token).status == .ok)
        }
    }

    @Test("A delay waits as long as told, then answers as usual")
    func delay() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        await simulation.netatmo.inject(.delay(.seconds(3)), on: .stationsData)
        let waits = Waits()
        try await simulation.run(.live, sleep: { waits.add($0) }) { client async throws in
            let response = try await client.data("/api/getstationsdata", token: token)
            #expect(response.status == .ok)
        }
        #expect(waits.all == [.seconds(3)])
    }

    @Test("A connection dropped before the answer has rotated nothing; one dropped after has", arguments: [true, false])
    func drops(afterWork: Bool) async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(afterWork ? .dropAfterWork : .dropBeforeAnswer, on: .token)
        try await simulation.run(.live) { client async throws in
            _ = await #expect(throws: (any Error).self) { try await client.refresh(tokens.refresh) }
        }
        try await simulation.run { client async throws in
            let response = try await client.refresh(tokens.refresh)
            #expect(response.status == (afterWork ? .badRequest : .ok))
        }
        let records = await simulation.netatmo.requests
        #expect(records.map(\.outcome) == [.connectionLost, .answered(status: afterWork ? 400 : 200)])
        #expect(records.map(\.usedReplacedToken) == [false, afterWork])
    }

    @Test("A truncated body breaks off in the middle, after the work")
    func truncated() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.truncatedBody, on: .token)
        try await simulation.run(.ahc()) { client async throws in
            await #expect(throws: (any Error).self) { try await client.refresh(tokens.refresh) }
            #expect(try await client.refresh(tokens.refresh).text == "{\"error\":\"invalid_grant\"}")
        }
    }

    @Test("A connection that is reset before the answer has rotated nothing; one reset after the work has", arguments: [false, true])
    func resets(afterWork: Bool) async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(afterWork ? .resetAfterWork : .resetBeforeAnswer, on: .token)
        try await simulation.run(.ahc()) { client async throws in
            let error = await #expect(throws: (any Error).self) { try await client.refresh(tokens.refresh) }
            #expect((error as? IOError)?.errnoCode == ECONNRESET)
        }
        #expect(await simulation.netatmo.isAlive(refreshToken: tokens.refresh) == !afterWork)
        #expect(await simulation.netatmo.requests.map(\.outcome) == [.connectionLost])
    }

    @Test("A connection that is reset in the middle of the answer has rotated")
    func resetInBody() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.resetInBody, on: .token)
        try await simulation.run(.ahc()) { client async throws in
            _ = await #expect(throws: (any Error).self) { try await client.refresh(tokens.refresh) }
        }
        #expect(await !simulation.netatmo.isAlive(refreshToken: tokens.refresh))
    }

    @Test("Garbage in place of an answer is no HTTP, and nothing has been done")
    func garbage() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.garbage, on: .token)
        try await simulation.run(.ahc()) { client async throws in
            let error = await #expect(throws: (any Error).self) { try await client.refresh(tokens.refresh) }
            #expect(error is HTTPParserError)
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("A random body says that it is JSON and is not, and nothing has been done")
    func randomBody() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.randomBody, on: .token)
        try await simulation.run(.live) { client async throws in
            let response = try await client.refresh(tokens.refresh)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "application/json; charset=utf-8")
            #expect(response.body.readableBytes == 1024)
            #expect(throws: (any Error).self) { try response.json() }
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("An oversized body has 17 MiB, and nothing has been done")
    func oversizedBody() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.oversizedBody, on: .token)
        try await simulation.run(.live) { client async throws in
            let response = try await client.refresh(tokens.refresh)
            #expect(response.headers[.contentLength] == nil)
            #expect(response.body.readableBytes == 17 << 20)
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("A slow body comes whole, one byte a second, after the work")
    func slowBody() async throws {
        let simulation = Simulation()
        await simulation.netatmo.inject(.slowBody, on: .token)
        let waits = Waits()
        try await simulation.run(.live, sleep: { waits.add($0) }) { client async throws in
            // A short answer, since each of its bytes takes its turn among all that the machine has to do.
            let response = try await client.refresh("made up")
            #expect(try response.json()["error"]?.string == "invalid_grant")
            #expect(waits.all == Array(repeating: .seconds(1), count: response.body.readableBytes))
        }
    }

    @Test("Devices are left out where they are asked for, and elsewhere nothing is missing")
    func emptyDevices() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.emptyDevices, on: .any, times: 3)
        try await simulation.run { client async throws in
            for path in ["/api/getstationsdata", "/api/gethomecoachsdata"] {
                let response = try await client.data(path, token: tokens.access)
                #expect(response.status == .ok)
                #expect(try response.json()["body"]?["devices"] == .array([]))
            }
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("Devices that can be reached come without readings, once", arguments: [false, true])
    func missingReadings(isHostile: Bool) async throws {
        var configuration = Simulation.configuration
        configuration.isHostile = isHostile
        let simulation = Simulation(configuration)
        for uri in ["/api/getstationsdata", "/api/gethomecoachsdata"] {
            let usual = try await simulation.body(uri)
            await simulation.netatmo.inject(.missingReadings, on: .any)
            let token = await simulation.netatmo.issueTokens().access
            try await simulation.run { client async throws in
                let response = try await client.data(uri, token: token)
                #expect(!response.text.contains("dashboard_data"))
                let devices = try response.json()["body"]?["devices"]?.elements
                #expect(devices?.count == usual?["devices"]?.elements.count)
                #expect(devices?.map { $0["reachable"] } == usual?["devices"]?.elements.map { $0["reachable"] })
            }
            #expect(try await simulation.body(uri) == usual)
        }
    }

    @Test("A hanging request ends when the client gives up, and nothing has been done")
    func hang() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.hang, on: .token)
        try await simulation.run(.ahc()) { client async throws in
            let request = Task { try await client.refresh(tokens.refresh) }
            try await simulation.waitForOutcome(.inProgress)
            request.cancel()
            await #expect(throws: (any Error).self) { try await request.value }
            try await simulation.waitForOutcome(.connectionLost)
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test("Refreshes that race each other are counted")
    func racingRefreshes() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(.delay(.seconds(1)), on: .token)
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        try await simulation.run(.ahc(), sleep: { _ in for await _ in opened {} }) { client async throws in
            async let first = client.refresh(tokens.refresh)
            try await simulation.waitForOutcome(.inProgress)
            #expect(try await client.refresh(tokens.refresh).status == .ok)
            open.finish()
            #expect(try await first.text == "{\"error\":\"invalid_grant\"}")
        }
        #expect(await simulation.netatmo.mostConcurrentRefreshes == 2)
        let records = await simulation.netatmo.requests
        #expect(records.map(\.refreshesInFlight) == [1, 2])
        #expect(records.map(\.usedReplacedToken) == [true, false])
    }
}

/// Remembers how long was to be waited.
private final class Waits: Sendable {
    private let durations = Mutex<[Duration]>([])

    var all: [Duration] { self.durations.withLock { $0 } }

    func add(_ duration: Duration) {
        self.durations.withLock { $0.append(duration) }
    }
}

extension Simulation {
    /// Waits until the latest request has that outcome: real time, since a connection is being watched, and at most ten seconds.
    func waitForOutcome(_ outcome: RecordedRequest.Outcome) async throws {
        for _ in 0..<2000 {
            if await self.netatmo.requests.last?.outcome == outcome { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("no request reached \(outcome)")
    }
}
