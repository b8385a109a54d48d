import Homes
import Testing

@Suite("A table by measures")
struct MeasureTableTests {
    @Test("gives back each value under its measure, whatever order they came in")
    func anyOrder() {
        var table = MeasureTable<Int>()
        for measure in [Measure.rain, .temperature, .healthIndex, .co2] { table[measure] = measure.rawValue * 10 }
        #expect(table[.temperature] == 0 && table[.co2] == 40 && table[.rain] == 140 && table[.healthIndex] == 170)
        #expect(table[.humidity] == nil && table[.rainToday] == nil)
        #expect(table.keys == [.temperature, .co2, .rain, .healthIndex], "in the measures' order")
        #expect(table.values == [0, 40, 140, 170])
        #expect(table.map { "\($0.key) \($0.value)" } == ["temperature 0", "co2 40", "rain 140", "healthIndex 170"])
    }

    @Test("replaces a value, and forgets one that is set to nil")
    func changes() {
        var table: MeasureTable = [.temperature: 1, .humidity: 2, .noise: 3]
        table[.humidity] = 20
        table[.temperature] = nil
        table[.pressure] = nil
        #expect(table == [.humidity: 20, .noise: 3])
        #expect(table.count == 2 && !table.isEmpty)
        table[.humidity] = nil
        table[.noise] = nil
        #expect(table.isEmpty && table == MeasureTable())
    }

    @Test("is equal to one with the same values under the same measures only")
    func equality() {
        #expect(MeasureTable([(.noise, 3), (.co2, 2)]) == [.co2: 2, .noise: 3])
        #expect(([.co2: 2] as MeasureTable) != [.noise: 2])
        #expect(([.co2: 2] as MeasureTable) != [.co2: 3])
    }

    @Test("keeps what a condition holds for")
    func filter() {
        let table: MeasureTable = [.temperature: 1, .humidity: 2, .co2: 3]
        #expect(table.filter { $0.value != 2 } == [.temperature: 1, .co2: 3])
        #expect(table.filter { $0.key == .humidity } == [.humidity: 2])
        #expect(table.filter { _ in true } == table)
    }

    @Test("is made of what there is for each measure")
    func eachMeasure() {
        let table = MeasureTable { $0.unit == .percent || $0.unit == .decibels ? $0.unit.rawValue : nil }
        #expect(table == [.humidity: "%", .noise: "dB", .heatingPower: "%"])
        #expect(MeasureTable { $0.rawValue }.keys == Measure.allCases, "there is room for all")
    }
}
