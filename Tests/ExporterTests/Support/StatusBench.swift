import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Server

/// The text of `/api/status` over a snapshot that a test fills.
struct StatusBench: Sendable {
    let store = SnapshotStore()
    let page: StatusPage

    init() {
        page = StatusPage(store: store, settings: WebBench.settings)
    }

    /// Publishes readings as fetched at the samples' time.
    func publish(_ stations: [Station], preferences: Units? = nil, at seconds: TimeInterval = 0) {
        let time = SampleStations.now(seconds)
        let attempt = DataStatus.Attempt(time: time, duration: .milliseconds(53), error: nil)
        let next = time.addingTimeInterval(480)
        store.publish(DataStatus(stations: stations, preferences: preferences, fetchedAt: time, lastAttempt: attempt, nextFetch: next))
    }

    /// The whole text so many seconds after the samples' time.
    func text(at seconds: TimeInterval = 30) async throws -> String {
        try await page.text(at: SampleStations.now(seconds)).map { String(buffer: $0) }.joined()
    }

    /// The object at a path of keys, such as `token.renewal`.
    func object(_ path: String, at seconds: TimeInterval = 30) async throws -> [String: JSONValue] {
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(try await text(at: seconds).utf8))
        let value = path.split(separator: ".").reduce(document) { value, key in
            guard case .object(let members) = value else { return .null }
            return members[String(key)] ?? .null
        }
        guard case .object(let members) = value else { throw NothingCame(what: path) }
        return members
    }

    /// The modules of all stations, as objects.
    func modules(at seconds: TimeInterval = 30) async throws -> [[String: JSONValue]] {
        guard case .array(let stations) = try await object("", at: seconds)["stations"] else { return [] }
        return stations.flatMap { station -> [[String: JSONValue]] in
            guard case .object(let members) = station, case .array(let modules) = members["modules"] else { return [] }
            return modules.compactMap { if case .object(let members) = $0 { members } else { nil } }
        }
    }
}
