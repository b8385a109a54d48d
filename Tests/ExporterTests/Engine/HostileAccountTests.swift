import Foundation
import Netatmo
import NetatmoSimulator
import Testing
import TestSupport

@testable import Exporter

@Suite("An account of hostile names and values")
struct HostileAccountTests {
    @Test("It breaks neither the scrape nor the status nor a page")
    func everything() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, isHostile: true, homeCoach: true, favorites: true) { bench in
            try await bench.isUp()
            let devices = bench.store.snapshot.data.stations.flatMap(\.devices)
            #expect(devices.count > 50)
            #expect(devices.allSatisfy { ($0.name ?? "").unicodeScalars.count <= 257 })
            try wellFormed(try await bench.browser.get(bench.url("/metrics")).body, devices: devices.count)
            let status = try await bench.browser.get(bench.url("/api/status"))
            let object = try #require(try JSONSerialization.jsonObject(with: Data(status.body.utf8)) as? [String: Any])
            let stations = try #require(object["stations"] as? [[String: Any]])
            #expect(stations.compactMap { ($0["modules"] as? [Any])?.count }.reduce(0, +) == devices.count)
            let page = try await bench.browser.get(bench.url("/")).body
            #expect(!page.contains("alert(1)"))
            let debug = try await bench.browser.get(bench.url("/debug/data"))
            #expect(debug.status == 200)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(debug.body.utf8)) }
        }
    }

    /// Each line is a comment or a sample, no series comes twice, and each value is a number.
    private func wellFormed(_ page: String, devices: Int) throws {
        let sample = /([a-z_][a-z0-9_]*)(\{([a-z]+="([^"\\\n]|\\[\\"n])*"(,|(?=\})))+\})? (\S+)/
        var series: Set<Substring> = []
        for line in page.utf8.split(separator: UInt8(ascii: "\n")).map({ String(decoding: $0, as: UTF8.self) }) where !line.hasPrefix("# ")
        {
            let match = try #require(try sample.matchingSemantics(.unicodeScalar).wholeMatch(in: line), "\(line.prefix(200))")
            #expect(Double(match.6) != nil)
            #expect(series.insert(line.dropLast(match.6.count + 1)).inserted, "\(line.prefix(200))")
        }
        #expect(series.count { $0.hasPrefix("netatmo_sensor_info{") } == devices)
    }
}
