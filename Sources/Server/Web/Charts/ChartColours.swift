import Homes

/// The colours that a measure's values are drawn in: readable on a light ground and on a dark one.
enum ChartColours {
    /// As many steps as make a gradient smooth.
    private static let steps = 8

    /// The colours from the lowest value of an axis to its highest: where each stands, from 0 to 1, and what it is.
    ///
    /// - Parameter metric: The value, in the measure's own unit, at a fraction of the axis.
    static func gradient(of measure: Measure, metric: (Double) -> Double) -> [(offset: Double, colour: String)] {
        (0...steps).map { step in
            let offset = Double(step) / Double(steps)
            return (offset, colour(of: measure, at: measure.intensity(of: metric(offset))))
        }
    }

    /// `#14a25c`
    private static func colour(of measure: Measure, at intensity: Double) -> String {
        let stops = stops(of: measure.unit)
        let place = min(1, max(0, intensity)) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        let (from, to, part) = (stops[index], stops[index + 1], place - Double(index))
        let parts = [16, 8, 0].map { shift -> String in
            let (a, b) = (Double(from >> shift & 255), Double(to >> shift & 255))
            let number = Int((a + (b - a) * part).rounded())
            return (number < 16 ? "0" : "") + String(number, radix: 16)
        }
        return "#" + parts.joined()
    }

    /// As the screen's, at equal distances.
    private static func stops(of unit: Unit) -> [Int] {
        switch unit {
        case .celsius, .minutesPerHour:
            [
                0x8A5CE0, 0x6262EE, 0x4270F0, 0x2486E8, 0x0096CD, 0x009EA0, 0x14A25C, 0x849800, 0xCE7A00, 0xE4482C, 0xD22C60,
            ]
        case .partsPerMillion, .index: [0x1EA254, 0x5C9E14, 0xB08C00, 0xD67000, 0xE43C2E]
        case .percent: [0xCE720A, 0xB08A00, 0x14A06C, 0x0094CD, 0x4C6AF0]
        case .decibels: [0x009C96, 0x2884E8, 0x8C60E2, 0xD63E8C, 0xE43C2E]
        case .millibars: [0x8A5CE0, 0x4270F0, 0x0096CD, 0x14A25C, 0xB08C00]
        case .kilometersPerHour, .degrees: [0x009CA0, 0x1EA254, 0xB08C00, 0xE4501E, 0xD22C60, 0xAC46C8]
        case .millimeters: [0x0098C4, 0x2486E8, 0x4270F0, 0x6E60EC, 0x9654D8]
        }
    }
}
