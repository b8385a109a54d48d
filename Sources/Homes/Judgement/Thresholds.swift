/// Every figure that a home is judged by. A change here changes the screen, the page, the JSON, `status`, `--plain` and the
/// series; the alert rules and the Grafana dashboard hold copies, which a test compares with these.
///
/// Temperature, noise, pressure, wind and rain are not judged: what is well depends on the room, the hour and the season.
package enum Thresholds {
    /// A value above `warning` asks for a look, one above `bad` is bad.
    package struct UpperBounds: Sendable, Hashable {
        package let warning: Double
        package let bad: Double
    }

    /// Carbon dioxide in ppm, wherever it is measured: elevated above 1000, unacceptable above 2000 (German Committee on Indoor
    /// Guide Values, Bundesgesundheitsblatt 51, 2008, pages 1358 to 1369).
    package static let carbonDioxide = UpperBounds(warning: 1000, bad: 2000)

    /// Relative humidity in per cent that is well for people and houses, indoors alone: below 60 against mould, ideally 30 to 50
    /// (United States Environmental Protection Agency, "A Brief Guide to Mold, Moisture and Your Home").
    package static let indoorHumidity = 30.0...60.0

    /// The least millivolts of a battery that is low, medium, high and full; `nil` for what has none, or is not known.
    ///
    /// NetAtmo's figures for `battery_vp` (documentation of `getstationsdata`).
    package static func batteryMillivolts(of kind: Device.Kind) -> [Int]? {
        switch kind {
        case .outdoor, .rain: [4000, 4500, 5000, 5500]
        case .indoor: [4560, 4920, 5280, 5640]
        case .wind: [4360, 4770, 5180, 5590]
        case .base, .homeCoach, .room, .boiler, .other: nil
        }
    }

    /// The least per cent of a battery that is low, medium, high and full, where its voltage tells nothing.
    ///
    /// Ours: NetAtmo names 10 % alone, as low.
    package static let batteryPercent = [10, 25, 50, 75]

    /// The least numbers of Wi-Fi that is bad, average and good; below them it is very good.
    ///
    /// NetAtmo's for `wifi_status`: 86 bad, 71 average, 56 good. 56 and less are the best there is.
    package static let wifi = [86, 71, 57]

    /// The least numbers of radio that is bad, average and good; below them it is very good.
    ///
    /// NetAtmo's for `rf_status`: 90 low, 80 medium, 70 high, 60 full.
    package static let radio = [90, 80, 70]
}
