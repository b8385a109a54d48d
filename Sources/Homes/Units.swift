/// The units that values are shown in. NetAtmo sends metric ones, whatever its user prefers to see.
package struct Units: Sendable, Hashable, Codable {
    package enum Temperature: String, Sendable, Hashable, Codable {
        case celsius = "°C"
        case fahrenheit = "°F"
    }

    package enum Rain: String, Sendable, Hashable, Codable {
        case millimeters = "mm"
        case inches = "in"
    }

    package enum Wind: String, Sendable, Hashable, Codable, CaseIterable {
        case kilometersPerHour = "km/h"
        case milesPerHour = "mph"
        case metersPerSecond = "m/s"
        /// The scale of 0 to 12.
        case beaufort = "Bft"
        /// Nautical miles an hour.
        case knots = "kn"
    }

    package enum Pressure: String, Sendable, Hashable, Codable, CaseIterable {
        /// Millibars, which are hectopascals.
        case millibars = "mbar"
        case inchesOfMercury = "inHg"
        case millimetersOfMercury = "mmHg"
    }

    package var temperature: Temperature
    package var rain: Rain
    package var wind: Wind
    package var pressure: Pressure

    /// Creates a choice of units; without arguments, the metric ones.
    package init(
        temperature: Temperature = .celsius, rain: Rain = .millimeters, wind: Wind = .kilometersPerHour, pressure: Pressure = .millibars
    ) {
        self.temperature = temperature
        self.rain = rain
        self.wind = wind
        self.pressure = pressure
    }

    /// °C, mm, km/h and mbar: the units that NetAtmo sends.
    package static let metric = Units()
    /// °F, in, mph and inHg.
    package static let imperial = Units(temperature: .fahrenheit, rain: .inches, wind: .milesPerHour, pressure: .inchesOfMercury)
}

// MARK: - Converting

extension Units {
    /// A measure's value in these units.
    ///
    /// - Parameter value: As NetAtmo sends it: see ``Measure/unit``.
    package func value(_ value: Double, of measure: Measure) -> Double {
        switch measure.unit {
        case .celsius: temperature.value(ofCelsius: value)
        case .millimeters: rain.value(ofMillimeters: value)
        case .kilometersPerHour: wind.value(ofKilometersPerHour: value)
        case .millibars: pressure.value(ofMillibars: value)
        case .percent, .partsPerMillion, .decibels, .degrees, .minutesPerHour, .index: value
        }
    }

    /// What ``value(_:of:)`` made of a measure's value, as NetAtmo sends it.
    package func metricValue(_ value: Double, of measure: Measure) -> Double {
        switch measure.unit {
        case .celsius: temperature == .celsius ? value : (value - 32) * 5 / 9
        case .millimeters: rain == .millimeters ? value : value * 25.4
        case .kilometersPerHour: wind == .beaufort ? Wind.kilometersPerHour(beaufort: value) : value / wind.value(ofKilometersPerHour: 1)
        case .millibars: value / pressure.value(ofMillibars: 1)
        case .percent, .partsPerMillion, .decibels, .degrees, .minutesPerHour, .index: value
        }
    }

    /// The sign of the unit behind a measure's value, such as `°C` or `inHg`; empty where it has none.
    package func symbol(of measure: Measure) -> String {
        switch measure.unit {
        case .celsius: temperature.rawValue
        case .millimeters: rain.rawValue
        case .kilometersPerHour: wind.rawValue
        case .millibars: pressure.rawValue
        case .percent, .partsPerMillion, .decibels, .degrees, .minutesPerHour, .index: measure.unit.rawValue
        }
    }

    /// How many decimals of a measure's value are worth showing, by what the sensors tell apart.
    package func decimals(of measure: Measure) -> Int {
        switch measure.unit {
        case .celsius: 1
        // The gauge tells tenths of a millimetre apart, four thousandths of an inch.
        case .millimeters: rain == .inches ? 3 : 1
        case .kilometersPerHour: wind == .metersPerSecond ? 1 : 0
        case .millibars: pressure == .inchesOfMercury ? 2 : 1
        case .percent, .partsPerMillion, .decibels, .degrees, .minutesPerHour, .index: 0
        }
    }
}

extension Units.Temperature {
    /// °F = °C × 9/5 + 32 (NIST SP 811, appendix B.8).
    fileprivate func value(ofCelsius celsius: Double) -> Double {
        switch self {
        case .celsius: celsius
        case .fahrenheit: celsius * 9 / 5 + 32
        }
    }
}

extension Units.Rain {
    /// An inch is 25.4 mm exactly (NIST SP 811, appendix B.8).
    fileprivate func value(ofMillimeters millimeters: Double) -> Double {
        switch self {
        case .millimeters: millimeters
        case .inches: millimeters / 25.4
        }
    }
}

extension Units.Wind {
    /// A mile is 1609.344 m and a nautical mile 1852 m, both exactly (NIST SP 811, appendix B.8).
    fileprivate func value(ofKilometersPerHour speed: Double) -> Double {
        switch self {
        case .kilometersPerHour: speed
        case .milesPerHour: speed / 1.609344
        case .metersPerSecond: speed / 3.6
        case .beaufort: Double(Self.beaufort(kilometersPerHour: speed))
        case .knots: speed / 1.852
        }
    }

    /// The Beaufort number, 0 to 12, of a mean wind in km/h.
    ///
    /// By the specifications of the World Meteorological Organization (Manual on Codes, WMO-No. 306, code table 1100), which
    /// give whole km/h, as NetAtmo does: others are rounded first.
    package static func beaufort(kilometersPerHour speed: Double) -> Int {
        leastOfBeaufort.lastIndex { $0 <= speed.rounded() }.map { $0 + 1 } ?? 0
    }

    /// The least km/h of a Beaufort number; between two numbers as far between theirs.
    fileprivate static func kilometersPerHour(beaufort: Double) -> Double {
        let least = [0] + leastOfBeaufort
        let number = min(Double(least.count - 1), max(0, beaufort.isFinite ? beaufort : 0))
        let (lower, upper) = (least[Int(number)], least[min(least.count - 1, Int(number) + 1)])
        return lower + (upper - lower) * (number - number.rounded(.down))
    }

    /// The least km/h of Beaufort 1 to 12.
    private static let leastOfBeaufort: [Double] = [1, 6, 12, 20, 29, 39, 50, 62, 75, 89, 103, 118]
}

extension Units.Pressure {
    /// The conventional inch and millimetre of mercury, 3386.389 Pa and 133.3224 Pa (NIST SP 811, appendix B.8).
    fileprivate func value(ofMillibars millibars: Double) -> Double {
        switch self {
        case .millibars: millibars
        case .inchesOfMercury: millibars / 33.86389
        case .millimetersOfMercury: millibars / 1.333224
        }
    }
}
