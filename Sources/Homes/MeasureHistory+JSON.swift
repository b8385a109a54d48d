import FoundationEssentials

/// `{"times":[…],"measures":["temperature",…],"values":[[21.4,null,…],…]}`: seconds since 1970, rising, and a value or none of each measure at each.
extension MeasureHistory: Codable {
    private enum Key: String, CodingKey {
        case times, measures, values
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(times, forKey: .times)
        try json.encode(measures.map(\.jsonKey), forKey: .measures)
        try json.encode(columns.map { $0.map { $0.isNaN ? nil : Self.decimal($0) } }, forKey: .values)
    }

    /// What does not fit together is refused; measures that this release does not know are left out.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        let times = try json.decode([UInt32].self, forKey: .times)
        let measures = try json.decode([String].self, forKey: .measures)
        let values = try json.decode([[Double?]].self, forKey: .values)
        guard measures.count == values.count, values.allSatisfy({ $0.count == times.count }),
            zip(times, times.dropFirst()).allSatisfy(<)
        else { throw DecodingError.dataCorruptedError(forKey: .values, in: json, debugDescription: "not a value for each time") }
        let known = zip(measures, values).compactMap { key, column in Measure(jsonKey: key).map { (measure: $0, column: column) } }
        self.init(measures: known.map(\.measure))
        for (index, seconds) in times.enumerated() {
            let row = Dictionary(known.map { ($0.measure, $0.column[index]) }) { first, _ in first }
            append(at: Date(timeIntervalSince1970: Double(seconds))) { row[$0] ?? nil }
        }
    }
}
