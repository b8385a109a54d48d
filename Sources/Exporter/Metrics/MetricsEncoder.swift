import NIOCore

/// Writes series in Prometheus's text format 0.0.4.
struct MetricsEncoder {
    private(set) var buffer: ByteBuffer

    init(capacity: Int = 4096) {
        buffer = ByteBuffer()
        buffer.reserveCapacity(capacity)
    }

    /// The lines that introduce a family of series.
    mutating func family(_ name: String, type: String = "gauge", help: String) {
        buffer.writeString("# HELP \(name) \(Self.escapedHelp(help))\n# TYPE \(name) \(type)\n")
    }

    /// One sample; `labels` is what stands between the braces, already escaped.
    mutating func sample(_ name: String, labels: String = "", _ value: Double) {
        buffer.writeString(name)
        if !labels.isEmpty { buffer.writeString(labels) }
        buffer.writeInteger(UInt8(ascii: " "))
        buffer.writeString(Self.text(value))
        buffer.writeInteger(UInt8(ascii: "\n"))
    }

    /// A family of a single sample.
    mutating func single(_ name: String, type: String = "gauge", help: String, _ value: Double) {
        family(name, type: type, help: help)
        sample(name, value)
    }

    /// The shortest decimal text that reads back as the same number: `21.4`, `37`.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        guard value == value.rounded(), abs(value) < 1e16 else { return value.description }
        return Int64(value).description
    }

    /// Labels between braces, with their values escaped.
    static func labels(_ pairs: [(name: String, value: String)]) -> String {
        "{" + pairs.map { "\($0.name)=\"\(escapedLabel($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func escapedLabel(_ value: String) -> String {
        escaped(value) { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\""): "\\\""
            case UInt8(ascii: "\n"): "\\n"
            default: nil
            }
        }
    }

    private static func escapedHelp(_ help: String) -> String {
        escaped(help) { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\n"): "\\n"
            default: nil
            }
        }
    }

    // By bytes, not by characters: a line feed hides in the single character of a carriage return and a line feed.
    private static func escaped(_ text: String, _ replacement: (UInt8) -> String?) -> String {
        guard text.utf8.contains(where: { replacement($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let replacement = replacement(byte) { bytes += replacement.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
