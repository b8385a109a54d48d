// A duration in JSON is a number of seconds, in whole microseconds: one of two clock readings has noise behind them. Synthesized
// forms take these in place of the standard library's two words of 64 bits each.

extension Duration {
    /// Seconds as a number.
    var jsonSeconds: Double {
        (self / .microseconds(1)).rounded() / 1_000_000
    }
}

extension KeyedEncodingContainer {
    mutating func encode(_ duration: Duration, forKey key: Key) throws {
        try encode(duration.jsonSeconds, forKey: key)
    }
}

extension KeyedDecodingContainer {
    /// A number of seconds. `Duration` ends the program at one that it can't hold, so that more than three thousand years
    /// are refused.
    func decode(_: Duration.Type, forKey key: Key) throws -> Duration {
        let seconds = try decode(Double.self, forKey: key)
        guard abs(seconds) <= 1e11 else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no number of seconds that can be")
        }
        return .microseconds(Int64((seconds * 1_000_000).rounded()))
    }
}
