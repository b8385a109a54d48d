import FoundationEssentials
import Homes

/// How the readings are ordered.
struct ReadingsOrder: Sendable, Hashable {
    enum Criterion: String, Sendable, Hashable, CaseIterable {
        /// `home` is as NetAtmo gives them, by home and station.
        case home, name, temperature, humidity, co2, battery, radio, age
    }

    var criterion = Criterion.home
    /// Whether the order is turned around.
    var isReversed = false

    /// The order by the next criterion.
    var next: ReadingsOrder { ReadingsOrder(criterion: Criterion.allCases.element(1, from: criterion)) }

    /// The same order turned around.
    var reversed: ReadingsOrder { ReadingsOrder(criterion: criterion, isReversed: !isReversed) }

    /// Whether the greatest comes first. Each criterion begins with what people look for: the warmest, the worst air, the
    /// emptiest battery, the device that is heard worst, the oldest reading.
    var isDescending: Bool {
        switch criterion {
        case .home, .name, .battery, .radio: isReversed
        case .temperature, .humidity, .co2, .age: !isReversed
        }
    }

    var description: String {
        switch criterion {
        case .home: isReversed ? "By home, the last one first" : "By home, as NetAtmo gives them"
        case .name: isDescending ? "By name, Z to A" : "By name, A to Z"
        case .temperature: isDescending ? "By temperature, the warmest first" : "By temperature, the coldest first"
        case .humidity: isDescending ? "By humidity, the most humid first" : "By humidity, the driest first"
        case .co2: isDescending ? "By CO2, the most first" : "By CO2, the least first"
        case .battery: isDescending ? "By battery, the fullest first" : "By battery, the emptiest first"
        case .radio: isDescending ? "By radio, the best heard first" : "By radio, the worst heard first"
        case .age: isDescending ? "By age, the oldest first" : "By age, the newest first"
        }
    }

    /// The places of devices in this order. What lacks a value comes last either way; what is equal keeps its order.
    func sorted(_ devices: [Device]) -> [Int] {
        switch criterion {
        case .home:
            return isReversed ? devices.indices.reversed() : Array(devices.indices)
        case .name:
            let keys = devices.map { SearchText.sortKey($0.title) }
            return devices.indices.sorted { left, right in
                if keys[left] == keys[right] { return left < right }
                return keys[left].lexicographicallyPrecedes(keys[right]) != isDescending
            }
        case .temperature, .humidity, .co2, .battery, .radio, .age:
            let values = devices.map(value)
            return devices.indices.sorted { left, right in
                guard let one = values[left], let other = values[right], one != other else {
                    return (values[left] == nil) == (values[right] == nil) ? left < right : values[left] != nil
                }
                return (one < other) != isDescending
            }
        }
    }

    private func value(_ module: Device) -> Double? {
        switch criterion {
        case .home, .name: nil
        case .temperature: module.readings?[.temperature]
        case .humidity: module.readings?[.humidity]
        case .co2: module.readings?[.co2]
        case .battery: module.battery?.percent.map(Double.init) ?? module.batteryLevel.map { Double($0.rawValue) * 25 }
        // What is out of reach is heard worst of all, and its readings are the oldest.
        case .radio: module.isReachable ? module.signal.map { 4 * Double($0.level.rawValue) - Double($0.number) / 256 } : -1e9
        case .age: -(module.readings?.time?.timeIntervalSince1970 ?? -1e12)
        }
    }
}
