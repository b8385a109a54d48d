import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

/// The clock of Bergen goes forward on 29 March 2026 and back on 25 October 2026.
@Suite("Years of getmeasure")
struct MeasureYearsTests {
    private static let base = "70:ee:50:00:10:01"
    private static let outdoor = "02:00:00:00:10:02"
    private static let rain = "05:00:00:00:10:03"
    private static let wind = "06:00:00:00:10:04"

    /// Local midnights of Bergen, by hand.
    private static let march: [Int] = [1_774_652_400, 1_774_738_800, 1_774_821_600]
    private static let october: [Int] = [1_792_792_800, 1_792_879_200, 1_792_969_200, 1_793_055_600]

    private let simulation = Simulation()

    private struct Row: Equatable {
        let time: Int
        let values: [Double?]
    }

    private func runs(_ query: String) async throws -> [JSONValue] {
        try await simulation.body("/api/getmeasure?device_id=\(Self.base)&real_time=true&\(query)")?.elements ?? []
    }

    /// The rows of an optimized answer, whose runs need no more than their begin and their step.
    private func rows(_ query: String) async throws -> [Row] {
        try await runs(query).flatMap { run in
            let begin = try #require(run["beg_time"]?.integer)
            let values = run["value"]?.elements ?? []
            let step = try values.count > 1 ? #require(run["step_time"]?.integer) : 0
            return values.enumerated().map { Row(time: begin + $0 * step, values: $1.elements.map(\.number)) }
        }
    }

    @Test("Days begin at the local midnight, those of 23 and 25 hours too, and no run reaches over such a night")
    func days() async throws {
        for midnights in [Self.march, Self.october] {
            let query = "scale=1day&type=Temperature&date_begin=\(midnights[0])&date_end=\(midnights.last ?? 0)"
            #expect(try await rows(query).map(\.time) == midnights)
            let steps = Set(zip(midnights.dropFirst(), midnights).map { $0 - $1 })
            #expect(try await runs(query).count >= steps.count)
        }
    }

    @Test("Weeks begin on Monday, months on their first day, and a step is named by its middle where real_time is not asked for")
    func calendar() async throws {
        let weeks = try await rows("scale=1week&type=Temperature&date_begin=\(Self.march[0])&limit=2")
        #expect(weeks.map(\.time) == [1_774_821_600, 1_774_821_600 + 604_800])
        #expect(try await rows("scale=1week&type=Temperature&date_begin=1774220400&limit=1").map(\.time) == [1_774_220_400])
        let months = try await rows("scale=1month&type=Temperature&date_begin=1772319600&limit=2")
        #expect(months.map(\.time) == [1_772_319_600, 1_774_994_400])
        let query = "/api/getmeasure?device_id=\(Self.base)&scale=1day&type=Temperature&date_begin=\(Self.march[1])&limit=1"
        #expect(try await simulation.body(query)?.elements.first?["beg_time"]?.integer == Self.march[1] + 23 * 1800)
    }

    @Test("The rain of a day, an hour and a month is the sum of its measurements, on the nights of 23 and 25 hours too")
    func rainAddsUp() async throws {
        for midnights in [Self.march, Self.october] {
            for (begin, end) in zip(midnights, midnights.dropFirst()) {
                let module = "module_id=\(Self.rain)&date_begin=\(begin)&date_end=\(end - 1)"
                let each = try await rows("\(module)&scale=max&type=Rain")
                #expect(each.count == (end - begin) / 300)
                let sum = each.compactMap { $0.values[0] }.reduce(0, +).rounded(decimals: 3)
                #expect(try await rows("\(module)&scale=1day&type=sum_rain").map { $0.values } == [[sum]])
                let hours = try await rows("\(module)&scale=1hour&type=sum_rain")
                #expect(hours.count == (end - begin) / 3600)
                #expect(hours.compactMap { $0.values[0] }.reduce(0, +).rounded(decimals: 3) == sum)
            }
        }
        let month = "module_id=\(Self.rain)&date_begin=1772319600&date_end=1774994399"
        let days = try await rows("\(month)&scale=1day&type=sum_rain")
        #expect(days.count == 31)
        let sum = days.compactMap { $0.values[0] }.reduce(0, +).rounded(decimals: 3)
        #expect(sum > 0)
        #expect(try await rows("\(month)&scale=1month&type=sum_rain").map(\.values) == [[sum]])
    }

    @Test("A day's mean, least and greatest are those of its measurements, of 23, 24 and 25 hours")
    func day() async throws {
        for midnights in [Self.march, Self.october] {
            for (begin, end) in zip(midnights, midnights.dropFirst()) {
                let span = "date_begin=\(begin)&date_end=\(end - 1)"
                let each = try await rows("scale=max&type=CO2&\(span)").compactMap { $0.values[0] }
                #expect(each.count == (end - begin) / 300)
                let mean = (each.reduce(0, +) / Double(each.count)).rounded(decimals: 1)
                #expect(try await rows("scale=1day&type=CO2,min_co2,max_co2&\(span)").map(\.values) == [[mean, each.min(), each.max()]])
            }
        }
    }

    @Test("An hour's mean, least and greatest are those of its twelve measurements")
    func hour() async throws {
        let hours = try await rows("scale=1hour&type=Temperature,min_temp,max_temp&date_begin=\(Self.march[1])&limit=6")
        #expect(hours.count == 6)
        for hour in hours {
            let each = try await rows("scale=max&type=Temperature&date_begin=\(hour.time)&date_end=\(hour.time + 3599)")
            let values = each.compactMap { $0.values[0] }
            #expect(values.count == 12)
            let mean = (values.reduce(0, +) / 12).rounded(decimals: 1)
            #expect(hour.values == [mean, values.min(), values.max()])
        }
    }

    @Test("A day's extremes are measurements of it, at the times that are given for them; a gust is the strongest of its step")
    func extremes() async throws {
        let types = "co2,min_co2,date_min_co2,max_co2,date_max_co2"
        for day in try await rows("scale=1day&type=\(types)&date_begin=\(Self.october[0])&limit=3") {
            let numbers = day.values.compactMap { $0 }
            try #require(numbers.count == 5)
            #expect(numbers[1] <= numbers[0] && numbers[0] <= numbers[3])
            for (value, time) in [(numbers[1], numbers[2]), (numbers[3], numbers[4])] {
                #expect((day.time..<day.time + 90_000).contains(Int(time)))
                let then = try await rows("scale=max&type=CO2&date_begin=\(Int(time))&limit=1")
                #expect(then == [Row(time: Int(time), values: [value])])
            }
        }
        let gusts = try await rows(
            "module_id=\(Self.wind)&scale=1day&type=guststrength,gustangle,date_max_gust&date_begin=\(Self.march[0])&limit=1")
        let numbers = gusts.first?.values.compactMap { $0 } ?? []
        try #require(numbers.count == 3)
        let then = try await rows("module_id=\(Self.wind)&scale=max&type=GustStrength,GustAngle&date_begin=\(Int(numbers[2]))&limit=1")
        #expect(then.map(\.values) == [[numbers[0], numbers[1]]])
    }

    @Test("A step that is under way is summed up as far as it is, and one that date_end lies in is whole")
    func underWay() async throws {
        let query = "module_id=\(Self.rain)&type=sum_rain&scale=1day"
        let today = 1_795_388_400
        let measured = try await rows("module_id=\(Self.rain)&type=Rain&scale=max&date_begin=\(today)")
        let sum = measured.compactMap { $0.values[0] }.reduce(0, +).rounded(decimals: 3)
        #expect(try await rows("\(query)&limit=1") == [Row(time: today, values: [sum])])
        let whole = try await rows("\(query)&date_begin=\(Self.march[0])&date_end=\(Self.march[0])")
        #expect(try await rows("\(query)&date_begin=\(Self.march[0])&date_end=\(Self.march[1] - 1)") == whole)
        simulation.clock.advance(by: 6 * 3600)
        let later = try await rows("module_id=\(Self.rain)&type=Rain&scale=max&date_begin=\(today)&date_end=\(today + 86_399)")
        let sumLater = later.compactMap { $0.values[0] }.reduce(0, +).rounded(decimals: 3)
        #expect(try await rows("\(query)&date_begin=\(today)&limit=1") == [Row(time: today, values: [sumLater])])
    }

    @Test("A module that was set up in the middle has nothing of before, and of its first day the rest")
    func setUpInTheMiddle() async throws {
        let module = "/api/getmeasure?device_id=70:ee:50:00:20:01&module_id=03:00:00:00:20:03&real_time=true&type=Temperature&date_begin=0"
        let first = try await simulation.body("\(module)&scale=max&limit=1")?.elements.first?["beg_time"]?.integer
        #expect(try (1_773_480_000..<1_773_480_300).contains(#require(first)))
        #expect(try await simulation.body("\(module)&scale=1day&limit=1")?.elements.first?["beg_time"]?.integer == 1_773_442_800)
        let others = "/api/getmeasure?device_id=70:ee:50:00:20:01&real_time=true&type=Temperature&date_begin=0&scale=1day&limit=1"
        #expect(try await simulation.body(others)?.elements.first?["beg_time"]?.integer == 1_639_695_600)
    }

    @Test("Of a night without network and of weeks with an empty battery nothing is there, and the runs end before them")
    func gaps() async throws {
        let outage = 1_794_622_200..<1_794_656_400
        for module in ["", "module_id=\(Self.outdoor)&", "module_id=\(Self.rain)&", "module_id=\(Self.wind)&"] {
            let query = "\(module)scale=max&type=Temperature&date_begin=\(outage.lowerBound - 3600)&date_end=\(outage.upperBound + 3599)"
            let found = try await rows(query)
            #expect(found.count == 24, "\(module)")
            #expect(found.allSatisfy { !outage.contains($0.time) })
            #expect(try await runs(query).count == 2)
        }
        let battery = 1_785_064_000..<1_786_964_800
        let silent = try await rows(
            "module_id=\(Self.outdoor)&scale=1day&type=Temperature&date_begin=\(battery.lowerBound - 90_000)&date_end=\(battery.upperBound + 90_000)"
        ).map(\.time)
        let steps = zip(silent.dropFirst(), silent).map { $0 - $1 }
        #expect(steps.filter { $0 != 86_400 } == [22 * 86_400], "21 days are wholly without")
        let base = try await rows("scale=1day&type=Temperature&date_begin=\(battery.lowerBound - 90_000)&limit=24").map(\.time)
        #expect(zip(base.dropFirst(), base).allSatisfy { $0 - $1 == 86_400 })
    }

    @Test(
        "What NetAtmo does not have at a scale is refused",
        arguments: [
            ("max", "sum_rain", false), ("max", "min_temp", false), ("30min", "min_temp", true), ("30min", "sum_rain", true),
            ("3hours", "min_co2", false), ("1day", "min_co2", true), ("3hours", "date_min_temp", false), ("1day", "date_min_temp", true),
            ("1hour", "date_max_gust", false), ("1week", "date_max_gust", true), ("1month", "date_max_pressure", true),
            ("30min", "max_noise", true), ("1day", "date_max_hum", true),
        ])
    func typesByScale(scale: String, type: String, isKept: Bool) async throws {
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let answer = try await client.data("/api/getmeasure?device_id=\(Self.base)&scale=\(scale)&type=\(type)&limit=1", token: token)
            #expect(answer.status.code == (isKept ? 200 : 400))
        }
    }

    @Test("1024 days are an answer, and the rest comes from its end on")
    func limit() async throws {
        var days: [Row] = []
        for expected in [1024, 1024, 184] {
            let answer = try await rows("scale=1day&type=Temperature&date_begin=\(days.last?.time ?? 0)")
            #expect(answer.count == expected)
            #expect(days.isEmpty || answer.first == days.last)
            days += answer.dropFirst(days.isEmpty ? 0 : 1)
        }
        // From 16 October 2020 to 23 November 2026.
        #expect(days.count == 2230)
    }
}
