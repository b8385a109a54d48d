import HTTPTypes
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Testing

@testable import NetatmoSimulator

@Suite("The server")
struct ServerTests {
    @Test(
        "It takes a free port, answers, and stops when asked, also while a request hangs or waits",
        .timeLimit(.minutes(1)),
        arguments: [Fault.hang, .delay(.seconds(Int64.max))]
    )
    func lifecycle(fault: Fault) async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.inject(fault, on: .token)
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let server = SimulatorServer(netatmo: simulation.netatmo, port: 0, logger: logger) { announce.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await ports.first { _ in true })
            try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                let response = try await client.get("/api/getstationsdata", headers: [.authorization: "Bearer " + tokens.access])
                #expect(response.status == .ok)
                #expect(response.headers[.server] == "netatmo-simulator")
                for (host, status) in [("127.0.0.1:\(port)", 200), ("rebound.example:\(port)", 403)] {
                    let record = try await client.execute(.init("/simulator/requests", method: .get, authority: host))
                    #expect(record.status.code == status)
                }
                try await client.executeAndDontWaitForResponse(.init("/oauth2/token", method: .post, authority: "localhost"))
                try await simulation.waitForOutcome(.inProgress)
                await group.triggerGracefulShutdown()
                try await simulation.waitForOutcome(.connectionLost)
            }
            try await tasks.waitForAll()
        }
    }

    @Test("A port that is taken is an error")
    func portTaken() async throws {
        let simulation = Simulation()
        try await simulation.run(.live) { client in
            let port = try #require(client.port)
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let server = SimulatorServer(netatmo: simulation.netatmo, host: "127.0.0.1", port: port, logger: logger)
            await #expect(throws: (any Error).self) { try await server.run() }
        }
    }
}
