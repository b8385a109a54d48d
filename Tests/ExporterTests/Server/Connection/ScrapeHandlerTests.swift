import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import PrometheusMetrics
@testable import Server

@Suite("The short way of a scrape")
struct ScrapeHandlerTests {
    private let bench = MetricsBench(stations: SampleStations.all)
    private let clock = ManualClock()
    private let channel: EmbeddedChannel

    init() {
        let responder = ScrapeResponder(page: bench.page, clock: clock)
        channel = EmbeddedChannel(handler: ScrapeHandler(responder: responder, log: CollectedLog().logger))
    }

    /// Whether a scrape is answered on the event loop; otherwise it goes on to the router whole.
    private func isAnswered(_ headers: HTTPHeaders = [:]) throws -> Bool {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/metrics", headers: headers)
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        if let passed = try channel.readInbound(as: HTTPServerRequestPart.self) {
            #expect(passed == .head(head))
            #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == .end(nil))
            #expect(try channel.readOutbound(as: HTTPServerResponsePart.self) == nil)
            // The router's answer.
            try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        }
        var parts: [HTTPServerResponsePart] = []
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) { parts.append(part) }
        return parts.count > 2
    }

    @Test("No device is encoded or compressed on it: such a scrape goes on to the router")
    func long() throws {
        #expect(try !isAnswered(), "nothing is kept yet")
        _ = bench.page.text(at: clock.now)
        #expect(try isAnswered())
        #expect(try !isAnswered(["Accept-Encoding": "gzip"]), "it was not asked for before")
        _ = bench.page.gzippedText(at: clock.now)
        #expect(try isAnswered(["Accept-Encoding": "gzip"]))
        #expect(try isAnswered())
        bench.publish(SampleStations.all, at: 10)
        #expect(try !isAnswered(), "there are new readings")
        _ = bench.page.text(at: clock.now)
        #expect(try isAnswered())
        clock.set(to: SampleStations.now(3600))
        #expect(try !isAnswered(), "readings have turned stale")
    }

    @Test("One that comes behind a request that the router has not answered goes there too, so that answers keep their order")
    func order() throws {
        _ = bench.page.text(at: clock.now)
        let other = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/version")
        try channel.writeInbound(HTTPServerRequestPart.head(other))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        while try channel.readInbound(as: HTTPServerRequestPart.self) != nil {}
        #expect(try !isAnswered())
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        #expect(try isAnswered())
    }
}
