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

    /// Writes the same for readers who may know all that the engine does, such as the user's own screen: with the token file's path.
    package static func complete() -> JSONEncoder {
        let encoder = status()
        if let key = CodingUserInfoKey.tellsPaths { encoder.userInfo[key] = true }
        return encoder
    }
}

extension Encoder {
    /// Whether its readers may know the token file's path.
    var tellsPaths: Bool { CodingUserInfoKey.tellsPaths.flatMap { userInfo[$0] as? Bool } ?? false }
}

extension CodingUserInfoKey {
    fileprivate static let tellsPaths = CodingUserInfoKey(rawValue: "tellsPaths")
}

extension JSONDecoder {
    /// Reads what ``/FoundationEssentials/JSONEncoder/status()`` and ``/FoundationEssentials/JSONEncoder/complete()`` write, of any
    /// sender.
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

/// An object of the JSON, as it is written: `nil` as `null`, where a synthesized form would leave out the key.
struct StatusObject: Encodable {
    fileprivate let members: [(key: StatusKey, value: any Encodable)]

    func encode(to encoder: any Encoder) throws {
        try encode(to: encoder, orNull: [])
    }

    /// - Parameter keys: Those that are `null` where the object has nothing under them.
    func encode(to encoder: any Encoder, orNull keys: Set<StatusKey>) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        for key in keys.subtracting(members.map(\.key)) { try json.encodeNil(forKey: key) }
        for (key, value) in members { try json.encode(value, forKey: key) }
    }

    static func + (left: StatusObject, right: StatusObject) -> StatusObject {
        StatusObject(members: left.members + right.members)
    }
}

extension StatusObject: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral members: (StatusKey, any Encodable)...) {
        self.init(members: members)
    }
}

extension KeyedDecodingContainer<StatusKey> {
    func required<Value: Decodable>(_ key: StatusKey) throws -> Value {
        try decode(Value.self, forKey: key)
    }

    /// What stands under a key; `nil` for `null`, and where the key is left out.
    func optional<Value: Decodable>(_ key: StatusKey) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }

    func duration(_ key: StatusKey) throws -> Duration {
        try decode(Duration.self, forKey: key)
    }

    func optionalDuration(_ key: StatusKey) throws -> Duration? {
        try (optional(key) as Double?).map { _ in try duration(key) }
    }
}
