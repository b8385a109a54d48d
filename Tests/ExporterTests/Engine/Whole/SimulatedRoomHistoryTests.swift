import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("The past of rooms in a run on the simulator")
struct SimulatedRoomHistoryTests {
    /// NetAtmo's own answer by the beginning of each step.
    private func truth(_ bench: EngineBench, _ query: String) async throws -> [Int: [Double?]] {
        struct Answer: Decodable { let body: [String: [Double?]] }
        let token = try #require(bench.storage.writes.last).accessToken.reveal()
        let text = try await bench.browser.get(
            "\(bench.apiURL)/api/\(query)&optimize=false&real_time=true", headers: [("Authorization", "Bearer \(token)")]
        ).body
        let rows = try JSONDecoder().decode(Answer.self, from: Data(text.utf8)).body
        return Dictionary(uniqueKeysWithValues: rows.compactMap { key, values in Int(key).map { ($0, values) } })
    }

    @Test("each room's temperatures and setpoints are NetAtmo's, and so is a boiler's burning; strangers' rooms are not asked for")
    func values() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, energy: true) { bench in
            try await bench.isUp()
            try await bench.engine.store.event("the rooms") { if case .energyFetched = $0 { true } else { false } }
            let subjects = bench.store.snapshot.energy?.roomStations.flatMap(\.historySubjects) ?? []
            #expect(subjects.contains { $0.isBoiler } && subjects.count { $0.kind == .room } >= 5)
            for subject in subjects {
                let history = try await bench.engine.history(of: subject)
                // Of the bath seven hours are missing, whose valve fell out of reach.
                #expect(history.count >= 130)
                try await compare(history, subject, bench)
            }
            let stranger = HistorySubject(room: "77", ofHome: "nobody's", measures: [.temperature])
            await #expect(throws: HistoryError.unknownDevice) { try await bench.engine.history(of: stranger) }
            let day = try #require(subjects.first).at(.day)
            let days = try await bench.engine.history(of: day).points(of: .temperature)
            #expect(days.count > 300 && days.allSatisfy { $0.extremes != nil && $0.leastTime != nil })
        }
    }

    private func compare(_ history: MeasureHistory, _ subject: HistorySubject, _ bench: EngineBench) async throws {
        let module = try #require(subject.moduleID)
        let begin = try #require(history.times.first)
        let query =
            subject.kind == .room
            ? "getroommeasure?home_id=\(subject.deviceID)&room_id=\(module)&type=temperature,sp_temperature"
            : "getmeasure?device_id=\(subject.deviceID)&module_id=\(module)&type=boileron"
        let truth = try await truth(bench, query + "&scale=30min&date_begin=\(begin)")
        #expect(Set(truth.keys) == Set(history.times.map { Int($0) }))
        // The last half hour is under way.
        for index in history.times.indices.dropLast() {
            let row = try #require(truth[Int(history.times[index])])
            if subject.kind == .room {
                #expect(row == [history.values(of: .temperature)[index], history.values(of: .setpoint)[index]])
            } else {
                let minutes = try #require(history.values(of: .boilerMinutes)[index])
                #expect(abs(minutes - (row[0] ?? -1) / 30) < 0.001)
            }
        }
    }
}
