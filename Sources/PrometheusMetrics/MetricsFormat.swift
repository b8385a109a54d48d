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

/// One entry of a header such as `Accept`, in small letters: `text/plain;version=0.0.4;q=0.5`.
package struct WeightedEntry {
    package let name: String
    private let parameters: [String]

    package static func all(in field: String?) -> [WeightedEntry] {
        (field ?? "").split(separator: ",").compactMap { entry in
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            return parts.first.map { WeightedEntry(name: $0, parameters: Array(parts.dropFirst())) }
        }
    }

    /// From 0 to 1; 1 where it does not say (RFC 9110, section 12.4.2).
    package var weight: Double { self["q"].map { Double($0) ?? 0 } ?? 1 }

    subscript(name: String) -> String? {
        parameters.first { $0.hasPrefix("\(name)=") }.map { $0.dropFirst(name.count + 1).filter { $0 != "\"" } }
    }
}
