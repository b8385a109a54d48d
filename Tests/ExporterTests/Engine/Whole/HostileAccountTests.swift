import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import NetatmoSimulator
@testable import PrometheusMetrics
@testable import OperatingSystem

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
            // The names of its charts stand there as texts, and no tag is of them.
            let page = try await bench.browser.get(bench.url("/")).body
            #expect(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>") && !page.contains("<img"))
            let debug = try await bench.browser.get(bench.url("/debug/data"))
            #expect(debug.status == 200)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(debug.body.utf8)) }
        }
    }

    @Test("Its rooms break no scrape, and cost the stations nothing")
    func rooms() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, isHostile: true, energy: true) { bench in
            try await bench.isUp()
            try await bench.engine.store.first("a round of Energy") { $0.energy?.lastAttempt != nil }
            let homes = bench.store.snapshot.energy?.homes ?? []
            #expect(homes.count > 5 && homes.contains { $0.rooms.contains { $0.state?.temperature != nil } })
            let devices = (bench.store.snapshot.data.stations + homes.flatMap(\.stations)).flatMap(\.devices)
            let page = try await bench.browser.get(bench.url("/metrics")).body
            try wellFormed(page, devices: devices.count)
            #expect(page.contains("\nnetatmo_room_temperature_celsius{") && page.contains("\nnetatmo_up 1\n"))
            let harmful = page.unicodeScalars.filter { $0.isHarmful && $0 != "\n" }
            #expect(harmful.isEmpty, "\(harmful.map { String($0.value, radix: 16) })")
        }
    }

    @Test("Its names are the same in the series, in JSON, on the page and in the log, without what commands or misleads")
    func names() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, isHostile: true, homeCoach: true) { bench in
            try await bench.isUp()
            let expected = HostileAccount.names.map { name in
                let scalars = name.text.unicodeScalars
                return (scalars.count > 256 ? String(scalars.prefix(253)).harmless + "..." : name.text.harmless)
            }
            let stations = bench.store.snapshot.data.stations
            for (name, station) in zip(expected, stations) {
                #expect([station.name, station.homeName, station.base.name, station.place?.city].allSatisfy { $0 == name }, "\(name)")
            }
            let outputs = try await [
                bench.browser.get(bench.url("/metrics")).body, bench.browser.get(bench.url("/api/status")).body,
                bench.browser.get(bench.url("/debug/data")).body, bench.browser.get(bench.url("/")).body,
                bench.log.lines.joined(separator: "\n"),
            ]
            for output in outputs {
                let harmful = output.unicodeScalars.filter { $0.isHarmful && $0 != "\n" }
                #expect(harmful.isEmpty, "\(harmful.map { String($0.value, radix: 16) })")
            }
            for name in expected where !name.isEmpty {
                #expect(outputs[0].contains("station=\(MetricsEncoder.labels(["": name]).dropFirst(2).dropLast())"), "\(name)")
            }
            let document = try #require(try JSONSerialization.jsonObject(with: Data(outputs[1].utf8)) as? [String: Any])
            let named = try #require(document["stations"] as? [[String: Any]]).map { $0["name"] as? String }
            #expect(Array(named.prefix(expected.count)) == expected)
        }
    }

    @Test("Two names that become the same by it still are two series")
    func collision() throws {
        let device =
            #"{"_id":"%","type":"NAMain","station_name":"S","modules":[\#(Self.module(1)),\#(Self.module(2)),\#(Self.module(0x9F))]}"#
        let answer = Data(#"{"body":{"devices":[\#(device),\#(device)]}}"#.utf8)
        let stations = try JSONDecoder().decode(StationsData.self, from: answer).stations
        let labels = LabelledDevice.all(of: stations).map(\.labels)
        #expect(labels.count == 8)
        #expect(Set(labels).count == 8)
        #expect(labels[1] == "{home=\"\",module=\"a\u{FFFD}\",station=\"S\"}")
        #expect(labels[2] == "{home=\"\",module=\"a\u{FFFD} (2)\",station=\"S\"}")
    }

    private static func module(_ scalar: Int) -> String {
        let escape = String(scalar + 0x10000, radix: 16).dropFirst()
        return #"{"_id":"\#(scalar)","type":"NAModule1","module_name":"a\u\#(escape)"}"#
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
