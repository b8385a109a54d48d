import Testing

@testable import NetatmoSimulator

@Suite("Local time")
struct CentralEuropeanTimeTests {
    @Test(
        "Summer time begins and ends when Europe's does",
        arguments: [
            (1_774_745_999, 3600), (1_774_746_000, 7200), (1_792_889_999, 7200), (1_792_890_000, 3600), (1_782_907_200, 7200),
            (1_767_225_600, 3600),
        ])
    func offset(time: Int, offset: Int) {
        #expect(CentralEuropeanTime.offset(at: time) == offset)
    }

    @Test("Each instant lies in the day that its midnight begins; days last 23, 24 or 25 hours")
    func days() {
        var lengths: [Int: Int] = [:]
        var midnight = CentralEuropeanTime.startOfDay(containing: 1_767_225_600)
        for _ in 0..<365 {
            #expect(CentralEuropeanTime.hourOfDay(at: midnight) == 0)
            let next = CentralEuropeanTime.startOfDay(containing: midnight + 26 * 3600)
            #expect(CentralEuropeanTime.startOfDay(containing: next - 1) == midnight)
            #expect(CentralEuropeanTime.startOfDay(containing: next) == next)
            lengths[(next - midnight) / 3600, default: 0] += 1
            midnight = next
        }
        #expect(lengths == [23: 1, 24: 363, 25: 1])
    }

    @Test(
        "Civil dates and days since 1970 are each other's inverse",
        arguments: [
            (CivilDate(year: 1970, month: 1, day: 1), 0), (CivilDate(year: 2000, month: 2, day: 29), 11_016),
            (CivilDate(year: 2026, month: 11, day: 23), 20_780), (CivilDate(year: 1969, month: 12, day: 31), -1),
            (CivilDate(year: 1600, month: 3, day: 1), -135_080),
        ])
    func civilDates(date: CivilDate, days: Int) {
        #expect(date.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days) == date)
    }

    @Test("Monday is no weekend, the Saturday before is")
    func weekends() {
        #expect(!CentralEuropeanTime.isWeekend(at: TestClock.monday))
        #expect(CentralEuropeanTime.isWeekend(at: TestClock.monday - 2 * 86_400))
        #expect(CentralEuropeanTime.isWeekend(at: TestClock.monday - 86_400))
    }

    @Test("Division rounds down on both sides of zero", arguments: [(7, 2, 1), (-7, -3, 2), (-8, -2, 0), (0, 0, 0)])
    func floorDivision(value: Int, quotient: Int, remainder: Int) {
        let divisor = value == -8 ? 4 : 3
        #expect(value.floorDivided(by: divisor) == quotient)
        #expect(value.floorRemainder(by: divisor) == remainder)
    }
}
