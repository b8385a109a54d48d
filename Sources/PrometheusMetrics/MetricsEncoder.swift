import NIOCore

/// Writes families of series in one of Prometheus's text formats.
///
/// Written by hand: Swift's clients of Prometheus keep counters and gauges that a program sets, and write those of Prometheus's own
/// format. Here the readings are the values, devices come and go, and the text is netatmo-exporter's to the letter.
package struct MetricsEncoder {
    enum Kind: String, Sendable {
        case gauge
        case counter
        case histogram
    }

    private(set) var buffer: ByteBuffer
    private let format: MetricsFormat

    init(format: MetricsFormat = .prometheus, capacity: Int = 4096) {
        self.format = format
        buffer = ByteBuffer()
        buffer.reserveCapacity(capacity)
    }

    /// The lines that introduce a family of series.
    ///
    /// - Parameter name: As the samples have it. OpenMetrics leaves a counter's `_total` to the samples.
    mutating func family(_ name: String, _ kind: Kind = .gauge, help: String) {
        let isCounterOfOpenMetrics = kind == .counter && format == .openMetrics && name.hasSuffix("_total")
        let name = isCounterOfOpenMetrics ? String(name.dropLast("_total".count)) : name
        // OpenMetrics escapes quotes in HELP too.
        let help = Self.escaped(help, quotes: format == .openMetrics)
        buffer.writeString("# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n")
    }

    /// One sample; `labels` is with its braces, and escaped.
    mutating func sample(_ name: String, labels: String = "", _ value: Double) {
        buffer.writeString(name)
        if !labels.isEmpty { buffer.writeString(labels) }
        buffer.writeInteger(UInt8(ascii: " "))
        buffer.writeString(Self.text(value))
        buffer.writeInteger(UInt8(ascii: "\n"))
    }

    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
        sample(name, labels: Self.labels(labels), value)
    }

    /// A family of a single sample.
    mutating func single(_ name: String, _ kind: Kind = .gauge, help: String, _ value: Double) {
        family(name, kind, help: help)
        sample(name, value)
    }

    /// What ends the text; nothing may follow.
    mutating func end() {
        if format == .openMetrics { buffer.writeString("# EOF\n") }
    }

    /// The shortest decimal text that reads back as the same number: `21.4`, `37`.
    package static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        guard value == value.rounded(), abs(value) < 1e16 else { return value.description }
        return Int64(value).description
    }

    /// Labels between braces, with their values escaped.
    static func labels(_ pairs: KeyValuePairs<String, String>) -> String {
        "{" + Self.pairs(pairs) + "}"
    }

    /// Labels without braces, with their values escaped.
    static func pairs(_ pairs: KeyValuePairs<String, String>) -> String {
        pairs.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    // By bytes, not by characters: a line feed hides in the single character of a carriage return and a line feed.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        func replacement(_ byte: UInt8) -> String? {
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\""): quotes ? "\\\"" : nil
            case UInt8(ascii: "\n"): "\\n"
            default: nil
            }
        }
        guard text.utf8.contains(where: { replacement($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let replacement = replacement(byte) { bytes += replacement.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
