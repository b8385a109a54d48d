import FoundationEssentials
import Homes
import NIOCore

/// The series of all devices and rooms, which are the same in every format.
struct SensorText: Sendable {
    let text: ByteBuffer
    /// The rain gauges among the devices.
    let gauges: [LabelledDevice]
    /// From when until when no device turns stale or, by a clock set back, fresh.
    let validity: Range<Date>

    /// - Parameters:
    ///   - homes: Those of Energy.
    ///   - freshness: Readings that are stale by it have no series.
    ///   - limit: In bytes, of the devices' series.
    init(_ stations: [Station], homes: [EnergyHome] = [], _ freshness: Freshness, limit: Int = MetricsBound.limit) {
        let stations = stations + homes.flatMap(\.stations)
        let devices = LabelledDevice.all(of: stations, limit: limit)
        gauges = devices.filter { $0.device.kind == .rain }
        let fresh = devices.filter { freshness.isFresh($0.device) }
        var encoder = MetricsEncoder(capacity: min(4096 + devices.count * 1500, limit))
        for metric in SensorMetric.readings { encoder.encode(metric, of: fresh) }
        for metric in SensorMetric.devices { encoder.encode(metric, of: devices) }
        if !devices.isEmpty {
            encoder.family(SensorMetric.information, help: "What the device is; always 1.")
            for device in devices { encoder.sample(SensorMetric.information, labels: device.infoLabels, 1) }
        }
        EnergyText(homes: homes, isFresh: freshness.isFresh).write(to: &encoder)
        text = encoder.buffer
        validity = freshness.validity(for: stations)
    }
}

extension MetricsEncoder {
    fileprivate mutating func encode(_ metric: SensorMetric, of devices: [LabelledDevice]) {
        var isFirst = true
        for device in devices {
            guard let value = metric.value(device.device) else { continue }
            if isFirst { family(metric.name, help: metric.help) }
            isFirst = false
            sample(metric.name, labels: device.labels, value)
        }
    }
}
