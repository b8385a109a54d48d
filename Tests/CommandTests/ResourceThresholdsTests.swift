import Foundation
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics
@testable import netatmo_dashboard

/// As much of a panel of Grafana as judges values.
private struct Panel: Decodable {
    struct Target: Decodable {
        let expr: String
    }
    struct Step: Decodable {
        let color: String
        let value: Double?
    }
    struct Mapping: Decodable {
        struct Option: Decodable {
            let text: String
            let color: String?
        }
        let options: [String: Option]
    }
    struct Configuration: Decodable {
        struct Defaults: Decodable {
            struct Thresholds: Decodable {
                let steps: [Step]
            }
            let thresholds: Thresholds?
            let mappings: [Mapping]?
        }
        let defaults: Defaults?
    }
    let title: String
    let targets: [Target]?
    let fieldConfig: Configuration?

    private struct Dashboard: Decodable {
        let panels: [Panel]
    }

    static func all() throws -> [Panel] {
        let resource = try #require(Resource.all.first { $0.name == "grafana-dashboard.json" })
        return try JSONDecoder().decode(Dashboard.self, from: Data(resource.bytes)).panels
    }

    /// The panel that judges a series.
    static func of(_ series: String) throws -> Panel {
        try #require(try all().first { $0.targets?.contains { $0.expr.hasPrefix("\(series){") } ?? false }, "\(series)")
    }

    var steps: [Step] { fieldConfig?.defaults?.thresholds?.steps ?? [] }

    /// The colour of a value by the steps.
    func color(of value: Double) -> String? {
        steps.last { $0.value.map { $0 <= value } ?? true }?.color
    }

    /// The texts of values, in their order.
    func words() throws -> [String] {
        let options = try #require(fieldConfig?.defaults?.mappings?.first?.options)
        return options.sorted { $0.key < $1.key }.map(\.value.text)
    }
}

extension Verdict {
    /// What Grafana shows it in.
    fileprivate var colors: Set<String> {
        switch self {
        case .fine: ["green", "light-green"]
        case .warning: ["orange", "yellow"]
        case .bad: ["red"]
        }
    }
}

@Suite("Alerts and Grafana go by the thresholds of the screen")
struct ResourceThresholdsTests {
    private func alerts() throws -> String {
        let resource = try #require(Resource.all.first { $0.name == "alerts.yml" })
        return String(decoding: resource.bytes, as: UTF8.self)
    }

    @Test("An alert tells each level of a battery that needs a look, by its severity")
    func batteryAlerts() throws {
        let alerts = try alerts()
        for level in Device.BatteryLevel.allCases {
            let expression = "expr: netatmo_sensor_battery_level == \(level.rawValue)\n"
            guard level.verdict != .fine else {
                #expect(!alerts.contains(expression), "\(level)")
                continue
            }
            let rule = try #require(alerts.split(separator: "- alert: ").first { $0.contains(expression) }, "\(level)")
            #expect(rule.contains("severity: \(level.verdict == .bad ? "critical" : "warning")\n"), "\(level)")
            #expect(rule.contains("is \(level.words)\n"), "\(level)")
        }
    }

    @Test("No alert compares a measured value, a voltage, a percentage or a signal with a figure of its own")
    func figures() throws {
        // The one that is compared with the freezing point, which is no threshold of ours.
        let temperature = "netatmo_sensor_temperature_celsius"
        let judged = SensorMetric.readings.map(\.name).filter { !["netatmo_sensor_battery_level", temperature].contains($0) }
        let expressions = try alerts().replacing(/(?m)^ *(#|- alert:|summary:|description:).*$/, with: "")
        for name in judged { #expect(!expressions.contains(name), "\(name)") }
        #expect(expressions.ranges(of: temperature).count == 1 && expressions.contains("\(temperature) < 0"))
    }

    @Test("Grafana's colours of carbon dioxide change where the verdict does")
    func carbonDioxide() throws {
        let panel = try Panel.of("netatmo_sensor_co2_ppm")
        let bounds = Thresholds.carbonDioxide
        #expect(panel.steps.compactMap(\.value) == [bounds.warning, bounds.bad])
        let device = Device(id: "1", kind: .base, name: nil, readings: nil)
        for value in [0, bounds.warning - 1, bounds.warning + 1, bounds.bad - 1, bounds.bad + 1] {
            #expect(device.verdict(of: .co2, being: value).colors.contains(panel.color(of: value) ?? ""), "\(value)")
        }
    }

    @Test("Grafana has the words and colours of each level of a battery")
    func battery() throws {
        let panel = try Panel.of("netatmo_sensor_battery_level")
        #expect(try panel.words() == Device.BatteryLevel.allCases.map(\.words))
        for level in Device.BatteryLevel.allCases {
            #expect(level.verdict.colors.contains(panel.color(of: Double(level.rawValue)) ?? ""), "\(level)")
        }
    }

    @Test("Grafana has the words and colours of a home coach's health")
    func health() throws {
        let panel = try Panel.of("netatmo_sensor_health_index")
        #expect(try panel.words() == HealthIndex.allCases.map(\.word))
        let options = try #require(panel.fieldConfig?.defaults?.mappings?.first?.options)
        for health in HealthIndex.allCases {
            #expect(health.verdict.colors.contains(options["\(health.rawValue)"]?.color ?? ""), "\(health)")
        }
    }

    @Test("No other panel of a device's readings has steps of its own")
    func otherPanels() throws {
        let judged: Set = ["netatmo_sensor_co2_ppm", "netatmo_sensor_battery_level"]
        for panel in try Panel.all() where panel.steps.contains(where: { $0.value != nil }) {
            for target in panel.targets ?? [] where target.expr.contains("netatmo_sensor_") {
                #expect(judged.contains { target.expr.hasPrefix($0) }, "\(panel.title)")
            }
        }
    }
}
