/// What an export is written as.
package enum ExportFormat: String, Sendable, Hashable, CaseIterable, Codable {
    /// OpenMetrics 1.0.0 with times: what `promtool tsdb create-blocks-from openmetrics` makes blocks of.
    case openMetrics = "openmetrics"
    /// A row a time and module (RFC 4180, but for the ends of lines, which are line feeds).
    case csv
    /// A JSON object a line.
    case json
    /// Line protocol of InfluxDB, times in nanoseconds.
    case influx
}
