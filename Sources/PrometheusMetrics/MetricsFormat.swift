/// A text format that Prometheus reads.
package enum MetricsFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus's own, version 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The value of `Content-Type`.
    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// The format that a client prefers (RFC 9110, section 12.5.1), Prometheus's own where it does not say.
    ///
    /// OpenMetrics is given to those clients alone that name it, in version 1.0.0, in 0.0.1, which was its draft, or without one.
    ///
    /// - Parameter field: The header `Accept`; `nil` where the request has none.
    package init(accept field: String?) {
        let ranges = (field ?? "").split(separator: ",").compactMap { MediaRange($0) }
        let openMetrics = ranges.filter(\.isOpenMetrics).map(\.weight).max() ?? 0
        let plain = ranges.filter(\.isPlainText).map(\.weight).max() ?? 0
        self = openMetrics > 0 && openMetrics >= plain ? .openMetrics : .prometheus
    }
}

/// One entry of `Accept`.
private struct MediaRange {
    private let type: String
    private let version: String?
    let weight: Double

    init?(_ text: Substring) {
        let parts = text.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
        guard let type = parts.first else { return nil }
        func parameter(_ name: String) -> String? {
            parts.dropFirst().first { $0.hasPrefix(name) }.map { $0.dropFirst(name.count).filter { $0 != "\"" } }
        }
        self.type = type
        version = parameter("version=")
        weight = parameter("q=").map { Double($0) ?? 0 } ?? 1
    }

    var isOpenMetrics: Bool {
        type == "application/openmetrics-text" && [nil, "1.0.0", "0.0.1"].contains(version)
    }

    /// Where it is named with a version, it is the one that we speak.
    var isPlainText: Bool {
        type == "text/plain" && [nil, "0.0.4"].contains(version)
    }
}
