package import FoundationEssentials

/// Any JSON value: what is kept of a document whose shape is not ours to know.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A whole number in the range of `Int64`.
    case integer(Int64)
    /// Any other number of everyday size, up to 38 digits.
    case number(Decimal)
    /// A number of more than 90 zeros before or behind the point, for which a `Decimal` may have no room.
    case float(Double)
    case string(String)
    case array([JSONValue])
    /// The order of its keys is not kept.
    case object([String: JSONValue])

    /// What the value is, in the words of JSON, for an error message.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .number, .float: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: AnyKey.self) {
            self = .object(try object.allKeys.reduce(into: [:]) { $0[$1.stringValue] = try object.decode(JSONValue.self, forKey: $1) })
            return
        }
        // Before anything is tried in vain: where arrays are nested, each failure costs as much as the nesting is deep.
        if var array = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !array.isAtEnd { elements.append(try array.decode(JSONValue.self)) }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = try Self.number(value, in: container)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// The value alone decides between the kinds, not how it is written: a number that was written is read as the same kind again.
    private static func number(_ value: Double, in container: any SingleValueDecodingContainer) throws -> JSONValue {
        guard (1e-90...1e90).contains(abs(value)) else { return .float(value) }
        let decimal = try container.decode(Decimal.self)
        return Int64(decimal.description).map { .integer($0) } ?? .number(decimal)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .float(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

/// A coding key of any name.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
