/// `dashboard_data`: what a unit measured last. Keys that a kind doesn't measure are absent.
///
/// Doubles print without a fraction where they have none, so integers and fractions mix as they do in NetAtmo's own answers.
struct DashboardData: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case time = "time_utc"
        case temperature = "Temperature"
        case humidity = "Humidity"
        case carbonDioxide = "CO2"
        case noise = "Noise"
        case pressure = "Pressure"
        case absolutePressure = "AbsolutePressure"
        case minimumTemperature = "min_temp"
        case maximumTemperature = "max_temp"
        case minimumTemperatureDate = "date_min_temp"
        case maximumTemperatureDate = "date_max_temp"
        case temperatureTrend = "temp_trend"
        case pressureTrend = "pressure_trend"
        case windStrength = "WindStrength"
        case windAngle = "WindAngle"
        case gustStrength = "GustStrength"
        case gustAngle = "GustAngle"
        case maximumWindStrength = "max_wind_str"
        case maximumWindAngle = "max_wind_angle"
        case maximumWindDate = "date_max_wind_str"
        case rain = "Rain"
        case rainLastHour = "sum_rain_1"
        case rainToday = "sum_rain_24"
        case healthIndex = "health_idx"
    }

    var time: Int
    var temperature: Double?
    var humidity: Int?
    var carbonDioxide: Int?
    var noise: Int?
    var pressure: Double?
    var absolutePressure: Double?
    var minimumTemperature: Double?
    var maximumTemperature: Double?
    var minimumTemperatureDate: Int?
    var maximumTemperatureDate: Int?
    var temperatureTrend: Trend?
    var pressureTrend: Trend?
    var windStrength: Int?
    var windAngle: Int?
    var gustStrength: Int?
    var gustAngle: Int?
    var maximumWindStrength: Int?
    var maximumWindAngle: Int?
    var maximumWindDate: Int?
    var rain: Double?
    var rainLastHour: Double?
    var rainToday: Double?
    /// 0 healthy to 4 unhealthy; home coaches alone have it.
    var healthIndex: Int?
}

extension DashboardData {
    /// - Parameters:
    ///   - phase: how many seconds after the tick the unit measures; its dates are shifted by as much.
    ///   - shift: added to temperatures, tenths of a °C, so that units that share a weather differ.
    mutating func setTemperature(_ reading: SiteReadings.Temperature, phase: Int, shift: Int, newDay: Bool) {
        temperature = Self.tenths(reading.value + shift)
        temperatureTrend = reading.trend
        guard !newDay else { return }
        minimumTemperature = Self.tenths(reading.extremes.lowest.value + shift)
        maximumTemperature = Self.tenths(reading.extremes.highest.value + shift)
        minimumTemperatureDate = reading.extremes.lowest.time + phase
        maximumTemperatureDate = reading.extremes.highest.time + phase
    }

    mutating func setRoom(_ room: SiteReadings.Room, phase: Int, shift: Int, newDay: Bool) {
        setTemperature(room.temperature, phase: phase, shift: shift, newDay: newDay)
        humidity = room.humidity
        carbonDioxide = room.carbonDioxide
    }

    mutating func setPressure(_ readings: SiteReadings) {
        pressure = Self.tenths(readings.pressure)
        absolutePressure = Self.tenths(readings.absolutePressure)
        pressureTrend = readings.pressureTrend
    }

    mutating func setWind(_ readings: SiteReadings, phase: Int) {
        windStrength = readings.wind.strength
        windAngle = readings.wind.angle
        gustStrength = readings.wind.gustStrength
        gustAngle = readings.wind.gustAngle
        guard !readings.isNewDay else { return }
        maximumWindStrength = readings.strongestWind.value
        maximumWindAngle = readings.strongestWindAngle
        maximumWindDate = readings.strongestWind.time + phase
    }

    mutating func setRain(_ readings: SiteReadings) {
        rain = Self.thousandths(readings.rain.interval)
        rainLastHour = Self.thousandths(readings.rain.hour)
        guard !readings.isNewDay else { return }
        rainToday = Self.thousandths(readings.rain.day)
    }

    static func tenths(_ value: Int) -> Double { Double(value) / 10 }

    static func thousandths(_ value: Int) -> Double { Double(value) / 1000 }
}
