package import FoundationEssentials
import OperatingSystem

extension JSONEncoder {
    /// Writes what `/api/status` says: keys in order, times in RFC 3339.
    package static func status() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var value = encoder.singleValueContainer()
            try value.encode(RFC3339.text(date))
        }
        return encoder
    }
}

extension JSONDecoder {
    /// Reads what ``/FoundationEssentials/JSONEncoder/status()`` writes, whoever wrote it.
    package static func status() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let value = try decoder.singleValueContainer()
            guard let date = RFC3339.date(try value.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "no time in RFC 3339")
            }
            return date
        }
        return decoder
    }
}

extension KeyedDecodingContainer<StatusKey> {
    /// What stands under a key; `nil` for `null`, and where the key is left out.
    func optional<Value: Decodable>(_ key: StatusKey, _ type: Value.Type = Value.self) throws -> Value? {
        try decodeIfPresent(type, forKey: key)
    }
}

extension Duration {
    /// Seconds as a number, in whole microseconds: a duration of two clock readings has noise behind them.
    var jsonSeconds: Double {
        (self / .microseconds(1)).rounded() / 1_000_000
    }
}
