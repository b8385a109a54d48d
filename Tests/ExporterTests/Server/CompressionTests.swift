import CZlib
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import PrometheusMetrics

@Suite("Compressed metrics")
struct CompressionTests {
    @Test(
        "They come where they are asked for, and as they are where not",
        arguments: [
            ("gzip", true), ("deflate, gzip;q=0.5", true), ("*", true), ("GZIP", true), ("gzip;q=0", false), ("identity", false),
            ("gzip;q=0.001", true), ("*;q=0", false), ("*;q=0, gzip", true), ("identity, *;q=0.1", true),
            (" gzip ; q=0.2 ", true), ("gzip;x=1;q=0", false),
            ("gzip;q=0, *", false), ("", false), ("x-gzipped", false), ("gzip; q=0.0", false), ("gzip;q=nonsense", false), (nil, false),
        ] as [(String?, Bool)]
    )
    func negotiation(field: String?, isCompressed: Bool) async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            let headers = field.map { ["Accept-Encoding": $0] } ?? [:]
            let answer = try await client.send(.get, "/metrics", headers: headers)
            #expect(answer.headers[.contentEncoding] == (isCompressed ? "gzip" : nil))
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(answer.headers[.vary] == "Accept, Accept-Encoding")
            #expect(answer.text.hasPrefix("# HELP") != isCompressed)
        }
    }

    @Test(
        "A scrape is one whether its answer is compressed or not, and nothing else is", arguments: ["gzip", "identity", nil] as [String?])
    func lastScrape(field: String?) async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            _ = try await client.send(.get, "/version", headers: field.map { ["Accept-Encoding": $0] } ?? [:])
            #expect(bench.store.lastScrape == nil)
            for seconds in [10.0, 20] {
                bench.desk.clock.set(to: SampleStations.now(seconds))
                _ = try await client.send(.get, "/metrics", headers: field.map { ["Accept-Encoding": $0] } ?? [:])
                #expect(bench.store.lastScrape == SampleStations.now(seconds))
            }
        }
    }

    @Test("Unpacked, they are the same text, at each scrape and after the data changed")
    func unpacked() throws {
        let bench = MetricsBench()
        for seconds in [0.0, 0, 30, 3600] {
            if seconds > 0 { bench.publish(SampleStations.all, at: seconds) }
            let packed = try #require(bench.page.gzippedText(at: SampleStations.now(seconds)))
            let bytes = packed.flatMap { Array($0.readableBytesView) }
            let text = try #require(Self.unpacked(bytes))
            #expect(Self.lasting(text) == Self.lasting(bench.text(at: seconds)))
            #expect(bytes.count < text.utf8.count / 2)
        }
    }

    /// The lines that are the same in two scrapes.
    private static func lasting(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("process_") }
    }

    /// The text of one gzip member, whose checksum and length zlib verifies; `nil` where it is none.
    private static func unpacked(_ member: [UInt8]) -> String? {
        var stream = z_stream()
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var (input, output) = (member, [UInt8](repeating: 0, count: 1 << 20))
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END, stream.avail_in == 0 else { return nil }
        return String(decoding: output.prefix(Int(stream.total_out)), as: UTF8.self)
    }
}
