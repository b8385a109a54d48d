package import Homes

/// What rain gauges measured since they are counted, as far as it may be served.
package struct RainTotals: Sendable, Hashable {
    /// In thousandths of a millimetre, by the gauge's id.
    private(set) var micrometers: [String: Int] = [:]

    package init() {}

    mutating func set(_ count: RainCount) {
        micrometers[count.gauge] = count.micrometers
    }

    /// Millimetres; `nil` for what is no gauge, or one that is not counted, or not yet up to now.
    package subscript(gauge: Device) -> Double? {
        micrometers[gauge.id].map { Double($0) / 1000 }
    }
}
