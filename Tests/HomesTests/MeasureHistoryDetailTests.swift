import FoundationEssentials
import Testing

@testable import Homes

@Suite("A history of steps")
struct MeasureHistoryDetailTests {
    private let start = 1_795_400_000.0

    private func time(_ step: Int) -> Date { Date(timeIntervalSince1970: start + Double(step) * 86_400) }

    /// Days with extremes and their times of the temperature, of the CO₂ on odd days alone, and of the rain never.
    private func days(_ steps: Range<Int>) -> MeasureHistory {
        var history = MeasureHistory(measures: [.temperature, .co2, .rain])
        for step in steps {
            history.append(at: time(step)) {
                $0 == .rain ? Double(step) / 10 : 20 + Double(step)
            } detail: { measure, detail in
                guard measure == .temperature || (measure == .co2 && step % 2 == 1) else { return nil }
                return switch detail {
                case .least: 10 + Double(step)
                case .greatest: 30 + Double(step)
                case .leastTime: start + Double(step) * 86_400 + 5000
                case .greatestTime: start + Double(step) * 86_400 + 50_000
                }
            }
        }
        return history
    }

    private func expectDays(_ history: MeasureHistory, _ steps: [Int]) {
        #expect(history.points(of: .temperature).map(\.time) == steps.map(time))
        #expect(history.points(of: .temperature).map(\.extremes) == steps.map { 10 + Double($0)...30 + Double($0) })
        #expect(history.points(of: .temperature).map(\.leastTime) == steps.map { time($0).addingTimeInterval(5000) })
        #expect(history.points(of: .temperature).map(\.greatestTime) == steps.map { time($0).addingTimeInterval(50_000) })
        #expect(history.points(of: .co2).map { $0.extremes != nil } == steps.map { $0 % 2 == 1 })
        #expect(history.points(of: .rain).allSatisfy { $0.extremes == nil && $0.leastTime == nil })
        #expect(history.points(of: .rain).map(\.value) == steps.map { Double($0) / 10 })
    }

    @Test("keeps the extremes beside the values, whatever is appended or forgotten")
    func beside() {
        var history = days(0..<6)
        expectDays(history, [0, 1, 2, 3, 4, 5])
        history.forget(before: time(2))
        expectDays(history, [2, 3, 4, 5])
        history.forget(from: time(4))
        expectDays(history, [2, 3])
        history.append(contentsOf: days(1..<8))
        expectDays(history, [2, 3, 4, 5, 6, 7])
        history.forget(from: time(0))
        #expect(history.count == 0 && history.points(of: .temperature).isEmpty)
        history.append(contentsOf: days(0..<2))
        expectDays(history, [0, 1])
    }

    @Test("goes on where one of the two has no extremes")
    func mixed() {
        var plain = MeasureHistory(measures: [.temperature])
        plain.append(at: time(0)) { _ in 20 }
        plain.append(contentsOf: days(1..<3))
        plain.append(at: time(3)) { _ in 23 }
        #expect(plain.points(of: .temperature).map(\.extremes) == [nil, 11...31, 12...32, nil])
        var days = days(0..<2)
        var more = MeasureHistory(measures: [.temperature])
        more.append(at: time(2)) { _ in 22 }
        days.append(contentsOf: more)
        #expect(days.points(of: .temperature).map(\.extremes) == [10...30, 11...31, nil])
        #expect(days.points(of: .co2).map(\.value) == [20, 21, nil])
    }

    @Test("extremes that are the wrong way round, or one alone, are none")
    func wrongWayRound() {
        var history = MeasureHistory(measures: [.temperature])
        history.append(at: time(0)) { _ in
            20
        } detail: { _, detail in
            detail == .least ? 25 : detail == .greatest ? 15 : nil
        }
        history.append(at: time(1)) { _ in
            20
        } detail: { _, detail in
            detail == .least ? 25 : nil
        }
        #expect(history.points(of: .temperature).map(\.extremes) == [nil, nil])
    }

    private func text(_ history: MeasureHistory) throws -> String {
        String(decoding: try JSONEncoder().encode(history), as: UTF8.self)
    }

    @Test("is the same after JSON, which has no word of extremes where there are none")
    func json() throws {
        expectDays(try JSONDecoder().decode(MeasureHistory.self, from: Data(text(days(0..<5)).utf8)), [0, 1, 2, 3, 4])
        var plain = MeasureHistory(measures: [.temperature])
        plain.append(at: time(0)) { _ in 20.5 }
        #expect(try !text(plain).contains("least") && !text(plain).contains("greatest"))
        #expect(try text(days(0..<2)).contains(#""least":[[10,11],[null,11],null]"#))
    }

    @Test(
        "JSON whose extremes don't fit its times or measures is refused",
        arguments: ["[[1]]", "[[1,2,3]]", "[[1,2],[1,2]]", "[]", "5", #"[["x","y"]]"#])
    func misfits(least: String) {
        let text = #"{"times":[1,2],"measures":["temperature"],"values":[[1,2]],"least":\#(least)}"#
        #expect(throws: (any Error).self) { try JSONDecoder().decode(MeasureHistory.self, from: Data(text.utf8)) }
        let fitting = #"{"times":[1,2],"measures":["temperature"],"values":[[1,2]],"least":[[0,null]]}"#
        #expect(throws: Never.self) { try JSONDecoder().decode(MeasureHistory.self, from: Data(fitting.utf8)) }
    }
}
