/// A page in Prometheus's text format, read back.
struct MetricsText {
    let text: String
    /// The names of the families, as their TYPE lines give them.
    let families: Set<String>
    /// The values, by the series as the page writes it: `name{label="value"}`.
    let values: [String: Double]

    init(_ text: String) {
        self.text = text
        let lines = text.split(separator: "\n")
        families = Set(
            lines.filter { $0.hasPrefix("# TYPE ") }.compactMap { line in line.split(separator: " ").dropFirst(2).first.map(String.init) }
        )
        let samples = lines.filter { !$0.hasPrefix("#") }.compactMap { line -> (String, Double)? in
            // No label value holds a blank behind its last quote.
            guard let blank = line.lastIndex(of: " "), let value = Double(line[line.index(after: blank)...]) else { return nil }
            return (String(line[..<blank]), value)
        }
        values = Dictionary(samples) { $1 }
    }
}
