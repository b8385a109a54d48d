import FoundationEssentials

/// `{"times":[…],"measures":["temperature",…],"values":[[21.4,null,…],…]}`: seconds since 1970, rising, and a value or none of each measure at each.
///
/// Where there are extremes, `least` and `greatest` have the form of `values`, and `leastTimes` and `greatestTimes` say when they were, in
/// seconds since 1970; `null` in place of the array of a measure that has none.
extension MeasureHistory: Codable {
    private enum Key: String, CodingKey {
        case times, measures, values, least, greatest, leastTimes, greatestTimes

        init(_ detail: Detail) {
            self =
                switch detail {
                case .least: .least
                case .greatest: .greatest
                case .leastTime: .leastTimes
                case .greatestTime: .greatestTimes
                }
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(times, forKey: .times)
        try json.encode(measures.map(\.jsonKey), forKey: .measures)
        try json.encode(measures.map(values), forKey: .values)
        for detail in Detail.allCases {
            let columns = measures.map { details(detail, of: $0) }
            if columns.contains(where: { $0 != nil }) { try json.encode(columns, forKey: Key(detail)) }
        }
    }

    /// What does not fit together is refused; measures that this release does not know are left out.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        let times = try json.decode([UInt32].self, forKey: .times)
        let keys = try json.decode([String].self, forKey: .measures)
        let values = try json.decode([[Double?]].self, forKey: .values)
        let fits = { (columns: [[Double?]?]) in
            columns.count == keys.count && columns.allSatisfy { $0.map { $0.count == times.count } ?? true }
        }
        guard fits(values), zip(times, times.dropFirst()).allSatisfy(<) else {
            throw DecodingError.dataCorruptedError(forKey: .values, in: json, debugDescription: "not a value for each time")
        }
        var details: [Detail: [[Double?]?]] = [:]
        for detail in Detail.allCases {
            guard let columns = try json.decodeIfPresent([[Double?]?].self, forKey: Key(detail)) else { continue }
            guard fits(columns) else {
                throw DecodingError.dataCorruptedError(forKey: Key(detail), in: json, debugDescription: "not one for each time")
            }
            details[detail] = columns
        }
        let known = keys.enumerated().compactMap { index, key in Measure(jsonKey: key).map { (measure: $0, index: index) } }
        self.init(measures: known.map(\.measure))
        let places = Dictionary(known.map { ($0.measure, $0.index) }) { first, _ in first }
        for (row, seconds) in times.enumerated() {
            append(at: Date(timeIntervalSince1970: Double(seconds))) { measure in
                places[measure].flatMap { values[$0][row] }
            } detail: { measure, detail in
                places[measure].flatMap { details[detail]?[$0]?[row] }
            }
        }
    }
}
