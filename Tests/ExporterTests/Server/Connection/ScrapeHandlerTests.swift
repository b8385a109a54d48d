import NIOCore
import NIOEmbedded
import NIOHTTP1
import OperatingSystem
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

    /// The header of an answer and its text.
    private func answer(_ headers: HTTPHeaders = [:]) throws -> (headers: HTTPHeaders, body: ByteBuffer) {
        try channel.writeInbound(HTTPServerRequestPart.head(.init(version: .http1_1, method: .GET, uri: "/metrics", headers: headers)))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        var answer = (headers: HTTPHeaders(), body: ByteBuffer())
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            switch part {
            case .head(let head): answer.headers = head.headers
            case .body(.byteBuffer(let piece)): answer.body.writeImmutableBuffer(piece)
            case .body, .end: break
            }
        }
        return answer
    }

    @Test("Each answer's header tells its time, its format, its encoding and its length")
    func header() throws {
        for format in MetricsFormat.allCases { _ = bench.page.gzippedText(format, at: clock.now) }
        let openMetrics: HTTPHeaders = ["Accept": "application/openmetrics-text"]
        for second in 0..<3 {
            let date = LocalTime.httpDate(clock.now)
            for (request, type, encoding) in [
                ([:], "text/plain", nil), (openMetrics, "application/openmetrics-text", nil),
                (["Accept-Encoding": "gzip"], "text/plain", "gzip"), ([:], "text/plain", nil),
            ] as [(HTTPHeaders, String, String?)] {
                let (headers, body) = try answer(request)
                #expect(headers["Date"] == [date], "after \(second) s")
                #expect(headers["Content-Length"] == ["\(body.readableBytes)"])
                #expect(headers.first(name: "Content-Type")?.hasPrefix(type) == true)
                #expect(headers.first(name: "Content-Encoding") == encoding)
                #expect(body.readableBytes > 1000)
            }
            clock.advance(by: .seconds(1))
            // Another length of the same kind.
            bench.publish(second == 0 ? [SampleStations.fjord] : SampleStations.all)
            for format in MetricsFormat.allCases { _ = bench.page.gzippedText(format, at: clock.now) }
        }
    }
}
