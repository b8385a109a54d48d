import Engine

/// The counters of rain. They stay when the readings go stale, and come behind the other series of the devices: a counter's name is not
/// the same in every format.
struct RainText: Sendable {
    let gauges: [LabelledDevice]
    let totals: RainTotals

    static let name = "netatmo_sensor_rain_mm_total"

    func write(to encoder: inout MetricsEncoder) {
        let samples = gauges.compactMap { gauge in totals[gauge.device].map { (gauge.labels, $0) } }
        guard !samples.isEmpty else { return }
        encoder.family(Self.name, .counter, help: "Rain in millimeters since the gauge is counted, each measured step once")
        for (labels, value) in samples { encoder.sample(Self.name, labels: labels, value) }
    }
}
