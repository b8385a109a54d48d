import FoundationEssentials
import Testing

@testable import HistoryExport
@testable import Homes

@Suite("What an export looks like")
struct ExportTextTests {
    private func page(_ device: ExportedDevice) -> ExportPage {
        ExportPage(device: device, start: SampleExport.time(0), end: SampleExport.time(86_400 * 30))
    }

    private func history(_ measures: [Measure], _ rows: [(Double, [Double?])]) -> MeasureHistory {
        var history = MeasureHistory(measures: measures)
        for (seconds, values) in rows {
            history.append(at: SampleExport.time(seconds)) { measure in measures.firstIndex(of: measure).flatMap { values[$0] } }
        }
        return history
    }

    private func text(_ format: ExportFormat, _ device: ExportedDevice, _ history: MeasureHistory, others: [ExportedDevice] = []) -> String
    {
        let text = ExportText(order: SampleExport.order(format, [device] + others))
        let pieces = text.pieces(of: history, for: page(device))
        return text.files.compactMap { file in
            let own = pieces.filter { $0.file == file }.map(\.text).joined()
            return own.isEmpty ? nil : text.head(of: file) + own
        }.joined() + text.end
    }

    /// A value, none, and one of another measure alone.
    private var rows: MeasureHistory {
        history([.temperature, .humidity], [(0, [21.4, 45]), (300, [nil, nil]), (600, [-3, nil]), (900, [0, 50.5])])
    }

    @Test("CSV has a head, a row a time, and nothing where there is no value")
    func csv() {
        #expect(
            text(.csv, SampleExport.device(), rows, others: [SampleExport.device("Regn", measures: [.rain])]) == """
                time,home,station,module,id,temperature,humidity,rain
                2023-01-01T00:00:00Z,Fjord,Fjord (Stue),Ute,02:01,21.4,45,
                2023-01-01T00:10:00Z,Fjord,Fjord (Stue),Ute,02:01,-3,,
                2023-01-01T00:15:00Z,Fjord,Fjord (Stue),Ute,02:01,0,50.5,

                """)
    }

    @Test("JSON has an object a line, without what has no value")
    func json() {
        let names = #""home":"Fjord","station":"Fjord (Stue)","module":"Ute","id":"02:01""#
        #expect(
            text(.json, SampleExport.device(), rows) == """
                {"time":"2023-01-01T00:00:00Z",\(names),"readings":{"temperature":21.4,"humidity":45}}
                {"time":"2023-01-01T00:10:00Z",\(names),"readings":{"temperature":-3}}
                {"time":"2023-01-01T00:15:00Z",\(names),"readings":{"temperature":0,"humidity":50.5}}

                """)
    }

    @Test("line protocol has a point a line, times in nanoseconds")
    func influx() {
        let series = #"netatmo,home=Fjord,id=02:01,module=Ute,station=Fjord\ (Stue)"#
        #expect(
            text(.influx, SampleExport.device(), rows) == """
                \(series) temperature=21.4,humidity=45 1672531200000000000
                \(series) temperature=-3 1672531800000000000
                \(series) temperature=0,humidity=50.5 1672532100000000000

                """)
    }

    @Test("OpenMetrics has the series of /metrics, each family in one piece by name, a module after the other by time, and its end")
    func openMetrics() {
        let labels = #"{home="Fjord",module="Ute",station="Fjord (Stue)"}"#
        #expect(
            text(.openMetrics, SampleExport.device(), rows) == """
                # HELP netatmo_sensor_humidity_percent Relative humidity measurement in percent
                # TYPE netatmo_sensor_humidity_percent gauge
                netatmo_sensor_humidity_percent\(labels) 45 1672531200
                netatmo_sensor_humidity_percent\(labels) 50.5 1672532100
                # HELP netatmo_sensor_temperature_celsius Temperature measurement in celsius
                # TYPE netatmo_sensor_temperature_celsius gauge
                netatmo_sensor_temperature_celsius\(labels) 21.4 1672531200
                netatmo_sensor_temperature_celsius\(labels) -3 1672531800
                netatmo_sensor_temperature_celsius\(labels) 0 1672532100
                # EOF

                """)
    }

    @Test("each measure that NetAtmo keeps has a series of its own", arguments: ExportQuery.measures)
    func families(measure: Measure) {
        let device = SampleExport.device(measures: [measure])
        let files = ExportText(order: SampleExport.order(.openMetrics, [device])).files
        #expect(files.count == 1 && files.allSatisfy { $0.hasPrefix("netatmo_sensor_") })
    }

    @Test("of a step there are the least and the greatest too, and of rain the sum, under names of their own")
    func extremes() {
        let device = SampleExport.device(measures: [.temperature, .rain], scale: .day)
        let order = SampleExport.order(.openMetrics, [device], scale: .day)
        #expect(
            ExportText(order: order).files == [
                "netatmo_sensor_rain_amount_mm_sum", "netatmo_sensor_temperature_celsius", "netatmo_sensor_temperature_celsius_max",
                "netatmo_sensor_temperature_celsius_min",
            ])
        var history = MeasureHistory(measures: [.temperature, .rain])
        history.append(at: SampleExport.time(0)) {
            $0 == .rain ? 7.7 : 4
        } detail: { measure, detail in
            measure == .temperature ? (detail == .least ? -2 : detail == .greatest ? 9.5 : nil) : nil
        }
        let text = ExportText(order: SampleExport.order(.csv, [device], scale: .day))
        #expect(text.head(of: "") == "time,home,station,module,id,temperature,temperatureMin,temperatureMax,rain\n")
        #expect(
            text.pieces(of: history, for: page(device)).map(\.text) == [
                "2023-01-01T00:00:00Z,Fjord,Fjord (Stue),Ute,02:01,4,-2,9.5,7.7\n"
            ])
    }

    @Test("a step that had not ended when it was ordered is left out, to the second")
    func underWay() {
        let device = SampleExport.device(measures: [.temperature], scale: .halfHour)
        let rows = history([.temperature], [(0, [1]), (1800, [2]), (3600, [3])])
        for (now, count) in [(3599.0, 1), (3600, 2), (5399, 2), (5400, 3)] {
            let order = SampleExport.order(.csv, [device], scale: .halfHour, orderedAt: SampleExport.time(now))
            let lines = ExportText(order: order).pieces(of: rows, for: page(device)).flatMap { $0.text.split(separator: "\n") }
            #expect(lines.count == count, "\(now) s")
        }
    }

    @Test("times that were not asked for are left out, so that none comes twice")
    func foreignTimes() {
        let device = SampleExport.device(measures: [.temperature])
        let asked = ExportPage(device: device, start: SampleExport.time(300), end: SampleExport.time(600))
        let rows = history([.temperature], [(0, [1]), (300, [2]), (600, [3]), (601, [4])])
        let pieces = ExportText(order: SampleExport.order(.influx, [device])).pieces(of: rows, for: asked)
        #expect(pieces.flatMap { $0.text.split(separator: "\n") }.count == 2)
    }

    @Test(
        "names in CSV are quoted where they have to be, and are no formula",
        arguments: [
            ("Stue", "Stue"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""), ("", ""),
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("a=b", "a=b"),
        ])
    func csvNames(name: String, field: String) {
        #expect(CSVRows.field(name) == field)
    }

    @Test(
        "names in line protocol are escaped",
        arguments: [
            ("Stue", "Stue"), ("a b", #"a\ b"#), ("a,b=c", #"a\,b\=c"#), (#"back\slash"#, #"back\slash"#), (#"end\"#, "end"),
            (#"end\\"#, "end"), ("two\nlines", #"two\ lines"#), ("two\r\nlines", #"two\ \ lines"#), ("\"q\"", "\"q\""),
            ("Kjøkken 🌧", #"Kjøkken\ 🌧"#),
        ])
    func tags(name: String, tag: String) {
        #expect(LinePoint.tag(name) == tag)
    }

    @Test("a tag without a value is left out, and a point without a field is none")
    func empty() {
        let point = LinePoint(tags: ["home": "", "module": "Ute"])
        #expect(
            point.line(at: SampleExport.time(0), [("a", 1), ("b", nil), ("c", .nan)]) == "netatmo,module=Ute a=1 1672531200000000000\n")
        #expect(point.line(at: SampleExport.time(0), [("b", nil), ("c", .infinity)]) == nil)
    }

    @Test("names in JSON and labels come back as they were", arguments: ["a\"b\\c", "=1", "Ute 🌧", ""])
    func names(name: String) throws {
        let device = SampleExport.device(name, measures: [.temperature])
        let rows = history([.temperature], [(0, [1])])
        struct Line: Decodable { let module: String }
        let line = text(.json, device, rows)
        #expect(try JSONDecoder().decode(Line.self, from: Data(line.utf8)).module == name)
        let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        #expect(text(.openMetrics, device, rows).contains("module=\"\(escaped)\""))
    }
}
