import Glibc

/// What follows from the temperature and the relative humidity of air: quantities that NetAtmo does not send.
///
/// Each is given in the range of its formula alone, and to two decimals, since the sensors give one of a degree and whole
/// per cents.
package struct MoistAir: Sendable, Hashable {
    /// Degrees Celsius.
    package let temperature: Double
    /// Relative humidity over water, in per cent.
    package let humidity: Double

    package init(temperature: Double, humidity: Double) {
        self.temperature = temperature
        self.humidity = humidity
    }

    /// The temperature, in degrees Celsius, at which the air would be saturated.
    ///
    /// The Magnus formula over water, solved for the dew point (M. G. Lawrence, Bulletin of the American Meteorological
    /// Society 86, 2005, equation 8), with the constants of O. A. Alduchov and R. E. Eskridge (Journal of Applied
    /// Meteorology 35, 1996). `nil` outside -40 to 50 °C, where these hold, and of 1 to 100 %.
    package var dewPoint: Double? {
        guard isInMagnusRange else { return nil }
        let logarithm = log(humidity / 100) + Magnus.slope * temperature / (Magnus.offset + temperature)
        return rounded(Magnus.offset * logarithm / (Magnus.slope - logarithm))
    }

    /// Grams of water vapour in a cubic metre of air.
    ///
    /// The ideal gas law on the vapour pressure of the Magnus formula (see ``dewPoint``, with the same range), with the gas
    /// constant of water vapour, 461.5 J/(kg K).
    package var absoluteHumidity: Double? {
        guard isInMagnusRange else { return nil }
        let saturation = Magnus.hectopascals * exp(Magnus.slope * temperature / (Magnus.offset + temperature))
        let pascals = saturation * humidity
        return rounded(1000 * pascals / (461.5 * (temperature + 273.15)))
    }

    /// How warm the air feels in the shade, in degrees Celsius.
    ///
    /// The algorithm of the US National Weather Service: L. P. Rothfusz's regression with its two adjustments (Technical
    /// Attachment SR 90-23, 1990) from 80 °F on, and the simpler formula in the manner of Steadman below. `nil` outside 20 to
    /// 50 °C, where Steadman's table begins and no air gets warmer, and of 0 to 100 %.
    package var heatIndex: Double? {
        guard (20...50).contains(temperature), (0...100).contains(humidity) else { return nil }
        return rounded((HeatIndex.fahrenheit(temperature * 9 / 5 + 32, humidity: humidity) - 32) * 5 / 9)
    }

    /// How warm the air feels, as a number that reads like degrees Celsius.
    ///
    /// Environment Canada's humidex (J. M. Masterton and F. A. Richardson, Humidex: a method of quantifying human discomfort due to
    /// excessive heat and humidity, 1979): the temperature, and five ninths of what the vapour pressure at the dew point exceeds
    /// 10 hPa by. `nil` outside 20 to 50 °C, below which it is not told, of 1 to 100 %, and where it would be less than the
    /// temperature.
    package var humidex: Double? {
        guard temperature >= 20, isInMagnusRange else { return nil }
        let logarithm = log(humidity / 100) + Magnus.slope * temperature / (Magnus.offset + temperature)
        let dewPoint = Magnus.offset * logarithm / (Magnus.slope - logarithm)
        let vapourPressure = 6.11 * exp(5417.753 * (1 / 273.16 - 1 / (dewPoint + 273.15)))
        return vapourPressure >= 10 ? rounded(temperature + 5 / 9 * (vapourPressure - 10)) : nil
    }

    private var isInMagnusRange: Bool {
        (-40...50).contains(temperature) && (1...100).contains(humidity)
    }

    private func rounded(_ value: Double) -> Double {
        (value * 100).rounded() / 100
    }
}

/// The constants of Alduchov and Eskridge.
private enum Magnus {
    static let slope = 17.625
    /// Degrees Celsius.
    static let offset = 243.04
    /// Saturation at 0 °C.
    static let hectopascals = 6.1094
}

private enum HeatIndex {
    /// The index in °F of a temperature in °F.
    static func fahrenheit(_ temperature: Double, humidity: Double) -> Double {
        let simple = (temperature + 61 + (temperature - 68) * 1.2 + humidity * 0.094) / 2
        let mean = (simple + temperature) / 2
        guard mean >= 80 else { return mean }
        return regression(temperature, humidity) + adjustment(temperature, humidity)
    }

    private static func regression(_ t: Double, _ r: Double) -> Double {
        let linear = -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r
        let quadratic = -6.83783e-3 * t * t - 5.481717e-2 * r * r
        return linear + quadratic + 1.22874e-3 * t * t * r + 8.5282e-4 * t * r * r - 1.99e-6 * t * t * r * r
    }

    private static func adjustment(_ t: Double, _ r: Double) -> Double {
        if r < 13, (80...112).contains(t) { return -(13 - r) / 4 * ((17 - abs(t - 95)) / 17).squareRoot() }
        if r > 85, (80...87).contains(t) { return (r - 85) / 10 * (87 - t) / 5 }
        return 0
    }
}
