import PrometheusMetrics

/// The header `Accept-Encoding` (RFC 9110, section 12.5.3), as far as it is about gzip. Read by hand: Hummingbird's compression, which
/// reads it too, compresses each answer anew.
struct AcceptEncoding: Sendable {
    /// Whether the client takes gzip: named, or meant by `*`, with a weight above zero.
    let allowsGzip: Bool

    init(_ field: String?) {
        let entries = WeightedEntry.all(in: field)
        let entry = entries.first { $0.name == "gzip" } ?? entries.first { $0.name == "*" }
        allowsGzip = (entry?.weight ?? 0) > 0
    }
}
