import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
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

    @Test("The parts are one document for 6,000 modules too")
    func large() async throws {
        bench.publish((0..<1200).map { _ in SampleStations.fjord })
        #expect(try await bench.modules().count == 6000)
    }
}
