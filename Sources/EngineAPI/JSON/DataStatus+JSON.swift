import Homes

// All but the stations, which stand beside it in the report.

extension DataStatus {
    var json: StatusObject {
        [
            .isUp: isUp, .isFetching: isFetching, .fetchedAt: fetchedAt, .nextFetch: nextFetch, .preferredUnits: preferences,
            .lastAttempt: lastAttempt,
        ]
    }

    init(_ json: KeyedDecodingContainer<StatusKey>, stations: [Station]) throws {
        self.init(
            stations: stations, preferences: try json.optional(.preferredUnits), fetchedAt: try json.optional(.fetchedAt),
            lastAttempt: try json.optional(.lastAttempt), nextFetch: try json.optional(.nextFetch),
            isFetching: try json.required(.isFetching)
        )
    }
}

extension DataStatus.Attempt: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [.time: time, .durationSeconds: duration.jsonSeconds, .error: error]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            time: try json.required(.time), duration: try json.duration(.durationSeconds),
            error: try json.optional(.error))
    }
}
