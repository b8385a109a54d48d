import FoundationEssentials
import Testing

@testable import OperatingSystem

@Suite("The clocks of other zones")
struct ZoneRulesTests {
    /// A file of the time zone database: two offsets, an hour and two, that change at 1000 and at 2000 seconds, and then each year by a rule.
    private static func file(
        version: String = "2", times: [Int64] = [1000, 2000], places: [UInt8] = [1, 0], offsets: [Int32] = [3600, 7200],
        rule: String = "CET-1CEST,M3.5.0,M10.5.0/3"
    ) -> [UInt8] {
        func big(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
        func header(times: Int, types: Int) -> [UInt8] {
            Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, 4].flatMap { big(Int32($0)) }
        }
        let types = offsets.flatMap { big($0) + [0, 0] } + Array("CET\0".utf8)
        // The old part is as long as it says, and says other things.
        let old = header(times: 1, types: 1) + big(Int32(5)) + [0] + big(Int32(-60)) + [0, 0] + Array("OLD\0".utf8)
        return old + header(times: times.count, types: offsets.count) + times.flatMap { big($0) } + places + types
            + Array("\n\(rule)\n".utf8)
    }

    private static func offset(_ rules: ZoneRules?, at seconds: Double) -> Int? {
        rules?.offset(at: Date(timeIntervalSince1970: seconds))
    }

    @Test("a change holds from its second on, the first offset before all, and the yearly rule after all")
    func changes() throws {
        let rules = try #require(ZoneRules(Self.file()))
        #expect([-1e9, 999, 1000, 1999].map { Self.offset(rules, at: $0) } == [3600, 3600, 7200, 7200])
        // The last Sundays of March and October 2030, one in the morning by UTC.
        #expect([1_901_149_199, 1_901_149_200].map { Self.offset(rules, at: $0) } == [3600, 7200])
        #expect([1_919_293_199, 1_919_293_200].map { Self.offset(rules, at: $0) } == [7200, 3600])
    }

    @Test(
        "without a rule that is understood the last change holds", arguments: ["", "CET", "CET-1CEST,60,300", "CET-1CEST,M13.1.0,M10.5.0"])
    func noRule(rule: String) throws {
        let rules = try #require(ZoneRules(Self.file(places: [0, 1], rule: rule)))
        #expect(Self.offset(rules, at: 4e9) == 7200)
    }

    @Test("rules: fixed, of half hours, and of a summer over New Year, each border to the second")
    func rules() throws {
        #expect(YearlyRule("<+0530>-5:30".utf8)?.offset(at: 0) == 19_800)
        #expect(YearlyRule("EST5".utf8)?.offset(at: 0) == -18_000)
        let sydney = try #require(YearlyRule("AEST-10AEDT,M10.1.0,M4.1.0/3".utf8))
        // 3 October 2027 and 4 April 2027, two in the morning of the standard time.
        #expect([1_822_492_799, 1_822_492_800].map(sydney.offset) == [36_000, 39_600])
        #expect([1_806_767_999, 1_806_768_000].map(sydney.offset) == [39_600, 36_000])
        #expect(sydney.offset(at: 1_798_761_600) == 39_600)
        #expect(YearlyRule("CET-1CEST,M3.5.0,M10.5.0/3x".utf8) == nil)
    }

    @Test("what is no such file is none, wherever it ends, and nothing in it is believed")
    func damage() {
        let file = Self.file()
        let end = file.count - "\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8.count
        for count in 0..<end { #expect(ZoneRules(Array(file.prefix(count))) == nil, "\(count) bytes") }
        #expect(ZoneRules(Array(file.prefix(end))) != nil)
        #expect(ZoneRules(Self.file(version: "\0")) == nil)
        #expect(ZoneRules(Self.file(places: [1, 2])) == nil)
        #expect(ZoneRules(Self.file(times: [2000, 1000])) == nil)
        #expect(ZoneRules(Self.file(offsets: [3600, 200_000])) == nil)
    }

    @Test("the clock of a zone: the time of day, and the minute of the week from Monday on")
    func clock() throws {
        let time = LocalTime(try #require(ZoneRules(Self.file())))
        // Monday 30 November 2026, 23:30 by UTC, is Tuesday there.
        let tuesday = Date(timeIntervalSince1970: 1_796_081_400)
        #expect(time.shortClock(tuesday) == "00:30")
        #expect(time.minuteOfWeek(tuesday) == 1440 + 30)
        let lastOfSunday = tuesday.addingTimeInterval(-86_400 - 31 * 60)
        #expect(time.minuteOfWeek(lastOfSunday) == 10_079)
        #expect(time.minuteOfWeek(lastOfSunday.addingTimeInterval(60)) == 0)
    }

    @Test("a time without seconds has its day where that is another one")
    func shortClock() {
        let now = Date(timeIntervalSince1970: 1_796_081_400)
        #expect(LocalTime.utc.shortClock(now.addingTimeInterval(1799), now: now) == "23:59")
        #expect(LocalTime.utc.shortClock(now.addingTimeInterval(1800), now: now) == "Tue 00:00")
    }

    @Test(
        "a name that leaves the database's folder, or is none, is no zone",
        arguments: ["", "/etc/passwd", "../../etc/passwd", "A b", "Nowhere/Land"])
    func names(name: String) {
        #expect(LocalTime.zone(name) == nil)
    }
}
