import Foundation
import Testing
import TestSupport

/// As much of Grafana's model of a dashboard as the tests look at.
private struct GrafanaDashboard: Decodable {
    struct Panel: Decodable {
        struct Position: Decodable {
            let h: Int, w: Int, x: Int, y: Int
        }
        struct Target: Decodable {
            let expr: String
        }
        let id: Int
        let title: String
        let type: String
        let gridPos: Position
        let targets: [Target]?
    }
    struct Templating: Decodable {
        struct Variable: Decodable {
            let name: String
            let definition: String?
        }
        let list: [Variable]
    }
    let id: Int?
    let uid: String
    let panels: [Panel]
    let templating: Templating

    static func shipped() throws -> (dashboard: GrafanaDashboard, text: String) {
        let data = try Data(contentsOf: Sources.resource("grafana-dashboard.json"))
        return (try JSONDecoder().decode(GrafanaDashboard.self, from: data), String(decoding: data, as: UTF8.self))
    }

    /// All queries, with their variables replaced by what "All" stands for.
    var expressions: [String] {
        panels.flatMap { $0.targets ?? [] }.map { $0.expr.replacing(/\$\w+/, with: ".*") }
    }
}

extension EndToEnd {
    @Suite("The Grafana dashboard")
    struct GrafanaDashboardTests {
        @Test("belongs to no instance of Grafana, and takes its data source from a variable")
        func portable() throws {
            let (dashboard, text) = try GrafanaDashboard.shipped()
            #expect(dashboard.id == nil)
            #expect(dashboard.uid == "netatmo-dashboard")
            #expect(dashboard.templating.list.map(\.name) == ["datasource", "job", "home", "station", "module", "room"])
            let sources = Set(text.matches(of: /"type": "prometheus", "uid": "([^"]*)"/).map { String($0.1) })
            #expect(sources == ["${datasource}"])
        }

        @Test("has panels of their own ids, each in its place")
        func layout() throws {
            let panels = try GrafanaDashboard.shipped().dashboard.panels
            #expect(Set(panels.map(\.id)).count == panels.count)
            var cells: Set<[Int]> = []
            for panel in panels {
                let place = panel.gridPos
                #expect(place.x >= 0 && place.w > 0 && place.x + place.w <= 24, "\(panel.title)")
                for x in place.x..<place.x + place.w {
                    for y in place.y..<place.y + place.h {
                        #expect(cells.insert([x, y]).inserted, "\(panel.title) lies over another one")
                    }
                }
            }
            #expect(
                panels.filter { $0.type == "row" }.map(\.title) == [
                    "Token", "Fetches and NetAtmo's API", "Climate", "Wind", "Rain", "Devices", "Heating",
                ])
        }

        @Test("asks in PromQL that parses")
        func queries() async throws {
            let rules = try GrafanaDashboard.shipped().dashboard.expressions.enumerated().map { ["record": "panel:\($0)", "expr": $1] }
            #expect(rules.count > 40)
            // JSON is YAML too.
            let groups = try JSONSerialization.data(withJSONObject: ["groups": [["name": "panels", "rules": rules] as [String: Any]]])
            let folder = try TemporaryFolder()
            try groups.write(to: URL(fileURLWithPath: folder.path("rules.yml")))
            let promtool = try ChildProcess(executable: "promtool", ["check", "rules", folder.path("rules.yml")])
            #expect(try await promtool.exitCode() == 0, "\(promtool.output)\(promtool.errors)")
        }

        /// Served only where it is hot, where there is a Home Coach or a room with a Smarther, and not in the minutes after midnight, when a day has no extremes.
        private static let circumstantial: Set = [
            "netatmo_sensor_heat_index_celsius", "netatmo_sensor_health_index", "netatmo_sensor_rain_today_mm",
            "netatmo_sensor_temperature_max_celsius", "netatmo_sensor_temperature_min_celsius",
            "netatmo_sensor_wind_direction_max_degrees", "netatmo_sensor_wind_strength_max_kph", "netatmo_room_humidity_percent",
        ]

        @Test("asks for series that the exporter serves")
        func series() async throws {
            let dashboard = try GrafanaDashboard.shipped().dashboard
            let texts = dashboard.expressions + dashboard.templating.list.compactMap(\.definition)
            let used = Set(
                texts.flatMap { $0.matches(of: /\b(netatmo|process)_[a-z_0-9]+/).map { String($0.0.replacing(/_bucket$/, with: "")) } })
            let served = try await ServedReadings(options: ["--energy"]).metrics().families
            #expect(used.subtracting(served).subtracting(Self.circumstantial).sorted() == [])
            // Those have to be series that the help knows.
            let series = try String(contentsOf: Sources.documentation("series"), encoding: .utf8)
            for name in Self.circumstantial { #expect(series.contains("`\(name)`")) }
            // What the exporter has to say of the stations and of what heats is all on the dashboard.
            let told = ["sensor", "room", "home", "boiler", "relay", "energy"].map { "netatmo_\($0)_" }
            #expect(served.filter { name in told.contains(where: name.hasPrefix) }.subtracting(used).sorted() == ["netatmo_sensor_updated"])
        }
    }
}
