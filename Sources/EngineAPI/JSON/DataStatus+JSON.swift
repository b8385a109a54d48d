import FoundationEssentials
import Homes

// All but the stations, which stand beside it in the report.

extension DataStatus {
    func encode(to json: inout KeyedEncodingContainer<StatusKey>) throws {
        try json.encode(isUp, forKey: .isUp)
        try json.encode(isFetching, forKey: .isFetching)
        try json.encode(fetchedAt, forKey: .fetchedAt)
        try json.encode(nextFetch, forKey: .nextFetch)
        try json.encode(preferences, forKey: .preferredUnits)
        try json.encode(lastAttempt, forKey: .lastAttempt)
    }

    init(_ json: KeyedDecodingContainer<StatusKey>, stations: [Station]) throws {
        self.init(
            stations: stations, preferences: try json.optional(.preferredUnits), fetchedAt: try json.optional(.fetchedAt),
            lastAttempt: try json.optional(.lastAttempt), nextFetch: try json.optional(.nextFetch),
            isFetching: try json.decode(Bool.self, forKey: .isFetching)
        )
    }
}

extension DataStatus.Attempt: Codable {
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(time, forKey: .time)
        try json.encode(duration.jsonSeconds, forKey: .durationSeconds)
        try json.encode(error, forKey: .error)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            time: try json.decode(Date.self, forKey: .time), duration: .seconds(try json.decode(Double.self, forKey: .durationSeconds)),
            error: try json.optional(.error)
        )
    }
}
