/// What the weather of a place is like over the years.
struct Climate: Sendable {
    /// Mean of the year, °C.
    var meanTemperature: Double
    /// From the year's mean to the mean of its warmest month, K.
    var seasonalSwing: Double
    /// From a clear day's mean to its warmest hour, K.
    var dailySwing: Double
    /// Mean wind, km/h.
    var windiness: Double
    /// 0 for a desert, 1 for rain nearly always.
    var wetness: Double

    static let bergen = Climate(meanTemperature: 8, seasonalSwing: 6.5, dailySwing: 2.5, windiness: 15, wetness: 0.5)
    static let geilo = Climate(meanTemperature: 1.5, seasonalSwing: 10, dailySwing: 4, windiness: 8, wetness: 0.25)
    static let paris = Climate(meanTemperature: 12.5, seasonalSwing: 8, dailySwing: 4, windiness: 11, wetness: 0.2)
}
