import Foundation
import NetatmoSimulator
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("Stopping the engine")
struct ShutdownTests {
    @Test("It stops gracefully in 5 s, with an idle connection and half-sent requests open")
    func openConnections() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            let port = try #require(URL(string: try await bench.url("/"))?.port)
            let (idle, halfHead, halfBody) = (try RawConnection(port: port), try RawConnection(port: port), try RawConnection(port: port))
            idle.send("GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await idle.read(upTo: "}").contains("200 OK"))
            halfHead.send("GET /metrics HTTP/1.1\r\nHost: 127.0")
            halfBody.send("POST /auth/settoken HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nrefresh_token=")
            await bench.group.triggerGracefulShutdown()
            #expect(await idle.read() == "")
            // Without the 5 s of grace the half-sent body would keep it for a minute.
            for half in [halfHead, halfBody] { #expect(await !half.read().hasSuffix(RawConnection.silence)) }
        }
    }

    @Test("The token is saved once more at the end, and the server answers no more")
    func saved() async throws {
        let (writes, urls) = (Journal(), Journal())
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, journal: writes) { bench in
            try await bench.isUp()
            urls.note(try await bench.url("/"))
        }
        #expect(writes.entries == ["write", "write"])
        let port = try #require(urls.entries.first.flatMap { URL(string: $0)?.port })
        #expect(throws: POSIXError.self) { try RawConnection(port: port) }
    }

    @Test("An address that is in use is an error that names it and the option")
    func addressInUse() async throws {
        try await EngineBench.run { bench in
            let port = try #require(URL(string: try await bench.url("/"))?.port)
            let server = ExporterServer(
                router: ExporterRouter(
                    store: bench.store, scrapes: ScrapeResponder(page: MetricsBench().page, clock: bench.clock),
                    authorization: AuthorizationRoutes(
                        signIn: DeskBench().desk, site: ExporterSite(externalURL: nil, port: { nil }),
                        refusals: RefusalLog(logger: bench.log.logger, clock: bench.clock), apiURL: "", redirectURI: { "" }
                    ),
                    knownHosts: [], status: StatusRoutes(store: bench.store, clock: bench.clock, settings: WebBench.settings),
                    charts: WebBench.charts(
                        of: bench.store, PageHistories(source: PlayedHistories().source, clock: bench.clock), clock: bench.clock),
                    build: BuildInformation(version: "", commit: ""), debugHandlers: false, clock: bench.clock, logger: bench.log.logger
                ),
                address: ListenAddress(host: "127.0.0.1", port: port), logger: bench.log.logger, connections: ConnectionLimit(),
                onRunning: { _ in }
            )
            let error = await #expect(throws: ExporterServerError.self) { try await server.run() }
            #expect(error?.description == "can't listen on 127.0.0.1:\(port): Address already in use; give another address with --addr")
        }
    }
}
