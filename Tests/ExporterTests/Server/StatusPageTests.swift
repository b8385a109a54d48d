import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics
@testable import Server

@Suite("Stations of the status are encoded once")
struct StatusPageTests {
    private let bench = StatusBench()

    private func staleNames(at seconds: TimeInterval) async throws -> [JSONValue?] {
        try await bench.modules(at: seconds).filter { $0["isStale"] == .bool(true) }.map { $0["name"] }
    }

    /// Where in memory the stations' text lies.
    private func stations(at seconds: TimeInterval) async throws -> (buffer: ByteBuffer, address: UnsafeRawPointer?) {
        let buffer = try await bench.page.text(at: SampleStations.now(seconds))[1]
        return (buffer, buffer.withUnsafeReadableBytes { $0.baseAddress })
    }

    @Test("for all readers until the next fetch")
    func kept() async throws {
        bench.publish(SampleStations.all)
        let first = try await stations(at: 30)
        let second = try await stations(at: 40)
        #expect(first.address == second.address)
        bench.publish([SampleStations.hytte], at: 480)
        #expect(try await bench.modules(at: 490).count == 2)
    }

    @Test("and anew when a reading turns stale, one after the other")
    func stale() async throws {
        bench.publish(SampleStations.all)
        #expect(try await staleNames(at: 30) == [.string("Loft")])
        // Soverom measured 115 s before, and an hour is allowed.
        #expect(try await staleNames(at: 3485) == [.string("Loft")])
        #expect(try await staleNames(at: 3486) == [.string("Loft"), .string("Soverom")])
        #expect(try await staleNames(at: 3600).count == 7)
    }

    @Test("and when the clock is set back")
    func clockSetBack() async throws {
        bench.publish(SampleStations.all)
        #expect(try await staleNames(at: 7200).count == 7)
        #expect(try await staleNames(at: 30) == [.string("Loft")])
    }

    /// The text of the homes, and where in memory it lies.
    private func homes(at seconds: TimeInterval) async throws -> (text: String, address: UnsafeRawPointer?) {
        let buffer = try await bench.page.text(at: SampleStations.now(seconds))[1]
        return (String(buffer: buffer), buffer.withUnsafeReadableBytes { $0.baseAddress })
    }

    @Test("So are rooms: for all readers until they, the units or their freshness change, whatever else does")
    func rooms() async throws {
        bench.publish(SampleStations.all)
        bench.store.publish(SampleEnergy.readings())
        let first = try await homes(at: 30)
        #expect(first.text.contains(#""name":"Stue""#))
        bench.publish(SampleStations.all, at: 480)
        #expect(try await homes(at: 490).address == first.address)
        var energy = SampleEnergy.readings([SampleEnergy.home(rooms: [SampleEnergy.living(23.5)])])
        // As an alert comes, with no fetch.
        energy.fetchedAt = SampleStations.now
        bench.store.publish(energy)
        let second = try await homes(at: 500)
        #expect(second.text.contains(#""value":23.5"#) && second.text.contains(#""isStale":false"#))
        bench.publish(SampleStations.all, preferences: Units(temperature: .fahrenheit), at: 600)
        #expect(try await homes(at: 610).text.contains(#""text":"74.3""#))
        // Told 60 s before, and an hour is allowed.
        #expect(try await homes(at: 3540).text.contains(#""isStale":false"#))
        #expect(try await homes(at: 3541).text.contains(#""isStale":true"#))
    }

    @Test("The parts are what the report is as a whole, with homes and without")
    func whole() async throws {
        for energy in [nil, EnergyReadings(), SampleEnergy.readings(), SampleEnergy.readings([])] as [EnergyReadings?] {
            let bench = StatusBench()
            bench.publish(SampleStations.all)
            if let energy { bench.store.publish(energy) }
            let report = StatusReport(bench.store.snapshot, at: SampleStations.now(30), settings: WebBench.settings)
            #expect(try await bench.text() == String(decoding: try report.json(), as: UTF8.self))
        }
    }

    @Test("The parts are one document for 6,000 modules too")
    func large() async throws {
        bench.publish((0..<1200).map { _ in SampleStations.fjord })
        #expect(try await bench.modules().count == 6000)
    }
}
