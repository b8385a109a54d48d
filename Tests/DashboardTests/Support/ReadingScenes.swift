import FoundationEssentials
import TerminalUI
import TestSupport

@testable import Homes
@testable import Screen

/// Readings that show what the table has to tell: several homes, a home of several stations, coaches, a favourite, and values on
/// both sides of what is well.
enum ReadingScenes {
    static let now = SampleStations.now

    static func module(
        _ id: String, _ kind: Device.Kind, _ name: String?, _ values: MeasureTable<Double> = [:], reachable: Bool? = true,
        battery: Device.Battery? = nil, signal: Device.Signal? = nil, trends: MeasureTable<Readings.Trend> = [:], age: Double = 60
    ) -> Device {
        let readings = values.isEmpty ? nil : Readings(time: now.addingTimeInterval(-age), values: values, trends: trends)
        return Device(id: id, kind: kind, name: name, reachable: reachable, battery: battery, signal: signal, readings: readings)
    }

    static func battery(_ percent: Int?, _ millivolts: Int? = nil) -> Device.Battery {
        Device.Battery(percent: percent, millivolts: millivolts)
    }

    private static func place(_ city: String) -> Station.Place {
        Station.Place(timeZone: nil, country: nil, city: city, altitude: nil)
    }

    /// A house with a station on each of two floors.
    static let house: [Station] = [
        Station(
            base: module(
                "70:01", .base, "Living room", [.temperature: 21.4, .humidity: 41, .co2: 913, .noise: 37, .pressure: 1013.2],
                signal: .wifi(48), trends: [.temperature: .up, .pressure: .down], age: 30),
            modules: [
                module("02:01", .outdoor, "Garden", [.temperature: -13.6, .humidity: 100], battery: battery(64, 5200), signal: .radio(67)),
                module("05:01", .rain, "Rain", [.rain: 0.1, .rainToday: 123.4], battery: battery(12, 3950), signal: .radio(78)),
                module(
                    "06:01", .wind, "Wind", [.windStrength: 14, .windAngle: 225, .gustStrength: 31], battery: battery(80, 5600),
                    signal: .radio(70)),
            ],
            name: "Ground floor", homeName: "House", homeID: "h1", place: place("Bergen")
        ),
        Station(
            base: module(
                "70:02", .base, "Bedroom", [.temperature: 18.9, .humidity: 72, .co2: 2140, .noise: 31, .pressure: 1013.4],
                signal: .wifi(86), trends: [.temperature: .stable, .pressure: .stable]),
            modules: [
                module(
                    "03:01", .indoor, "Attic", [.temperature: 9, .humidity: 25, .co2: 1432], battery: battery(30, 4700), signal: .radio(92)),
                module("03:02", .indoor, "Cellar", reachable: false),
                module("03:03", .indoor, "Workshop", [.temperature: 15.2, .humidity: 50, .co2: 500], signal: .radio(81), age: 7384),
            ],
            name: "Upstairs", homeName: "House", homeID: "h1", place: place("Bergen")
        ),
    ]

    static let cabin = Station(
        base: module(
            "70:03", .base, "Kjøkken", [.temperature: 8.1, .humidity: 55, .co2: 420, .noise: 33, .pressure: 1009.9], signal: .wifi(71)),
        modules: [], name: nil, homeName: "Cabin", homeID: "h2", place: place("Geilo"))

    static let coaches: [Station] = zip(["Nursery", "Study"], [1.0, 4]).map { (name: String, health: Double) in
        Station(
            base: module(
                "70:c\(name)", .homeCoach, name, [.temperature: 22.5, .humidity: 45, .co2: 800, .noise: 40, .healthIndex: health],
                signal: .wifi(56)),
            modules: [], name: name, homeName: nil, place: place("Bergen"))
    }

    static let favorite = Station(
        base: module("70:04", .base, nil, [.pressure: 1007.1]),
        modules: [module("02:04", .outdoor, nil, [.temperature: 3.1, .humidity: 93])],
        name: "Jardin", homeName: "Jardin de Marie", place: place("Paris"), isFavorite: true)

    /// NetAtmo gives the favourite first.
    static let stations = [favorite] + house + [cabin] + coaches

    static func state(columns: Int = 120, rows: Int = 36, symbols: Symbols = .unicode) -> DashboardState {
        var state = Scenes.state(Scenes.snapshot(stations: stations), columns: columns, rows: rows, symbols: symbols)
        state.chart.live = LiveHistories()
        for step in 0..<30 { state.chart.live.add(earlier(step)) }
        return state
    }

    /// The house as it was, so that its rows have a curve.
    private static func earlier(_ step: Int) -> [Station] {
        let time = now.addingTimeInterval(Double(step - 30) * 600)
        let modules = house.flatMap(\.devices).enumerated().map { index, module in
            let swing = Double((step * (index + 1)) % 13 - 6) / 3
            let values: MeasureTable<Double> = module.kind == .wind ? [.windStrength: 14 + swing * 4] : [.temperature: 15 + swing]
            return Device(id: module.id, kind: module.kind, name: nil, readings: Readings(time: time, values: values))
        }
        return [Station(base: modules[0], modules: Array(modules.dropFirst()), name: nil, homeName: nil)]
    }

    /// So many devices, in homes of six.
    static func many(_ count: Int) -> [Station] {
        stride(from: 0, to: count, by: 6).map { first in
            let devices = (first..<min(first + 6, count)).map { index in
                module(
                    "02:\(index)", index == first ? .base : .indoor, "Room \(index + 1)",
                    [
                        .temperature: Double(index * 7919 % 300) / 10, .humidity: Double(index * 31 % 100),
                        .co2: Double(400 + index * 17 % 900),
                    ],
                    battery: battery(index * 13 % 101, 4500 + index * 11 % 1200), signal: .radio(60 + index % 30), age: Double(index % 600))
            }
            return Station(
                base: devices[0], modules: Array(devices.dropFirst()), name: "Station \(first / 6 + 1)", homeName: "Home \(first / 6 + 1)",
                homeID: "h\(first)", place: place("Bergen"))
        }
    }
}
