import Testing

@testable import netatmo_dashboard

@Suite("Durations in Go's form")
struct GoDurationTests {
    @Test(
        "are read",
        arguments: [
            ("8m", Duration.seconds(480)), ("1h30m", .seconds(5400)), ("500ms", .milliseconds(500)), ("1.5h", .seconds(5400)), ("0", .zero),
            ("10s", .seconds(10)), ("+5s", .seconds(5)), ("-5s", .seconds(-5)), ("1h2m3.5s", .milliseconds(3_723_500)),
            (".5s", .milliseconds(500)),
            ("250us", .microseconds(250)), ("250µs", .microseconds(250)), ("1000000ns", .milliseconds(1)),
            ("1000000h", .seconds(3_600_000_000)), ("2562047h", .seconds(9_223_369_200)), ("-2562047h", .seconds(-9_223_369_200)),
            ("9223372036s", .seconds(9_223_372_036)),
        ]
    )
    func read(_ text: String, _ duration: Duration) throws {
        let read = try #require(GoDuration.parse(text))
        #expect(abs((read - duration) / .microseconds(1)) < 1)
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "", "8", "m", "8 m", " 8m", "8m ", "8x", "1.2.3s", ".s", "--5s", "1h-5m", "٣m", "1e3s", "2562048h", "9223372037s",
            "-9223372037s", "99999999999999999999h",
            "nan", "infs", "8M",
        ]
    )
    func refused(_ text: String) {
        #expect(GoDuration.parse(text) == nil)
    }
}
