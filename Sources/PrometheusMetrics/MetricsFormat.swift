/// A text format that Prometheus reads.
package enum MetricsFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus's own, version 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// The format that a client prefers (RFC 9110, section 12.5.1), Prometheus's own where it does not say.
    ///
    /// OpenMetrics is given to those clients alone that name it, in version 1.0.0, in 0.0.1, which was its draft, or without one.
    package init(accept field: String?) {
        let entries = WeightedEntry.all(in: field)
        func weight(_ type: String, _ versions: [String?]) -> Double {
            entries.filter { $0.name == type && versions.contains($0["version"]) }.map(\.weight).max() ?? 0
        }
        let openMetrics = weight("application/openmetrics-text", [nil, "1.0.0", "0.0.1"])
        self = openMetrics > 0 && openMetrics >= weight("text/plain", [nil, "0.0.4"]) ? .openMetrics : .prometheus
    }
}
