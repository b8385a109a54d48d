/// Any JSON, for answers that keep to no schema.
enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    /// The value of an object's key, `nil` where there is none.
    subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The same without a key, at any depth.
    func removing(_ key: String) -> JSON {
        switch self {
        case .array(let elements): .array(elements.map { $0.removing(key) })
        case .object(let members): .object(members.filter { $0.key != key }.mapValues { $0.removing(key) })
        case .null, .bool, .integer, .number, .text: self
        }
    }

    /// An object with the other's members added; where both have a key, the other's value counts. Anything else is the other.
    func merging(_ other: JSON) -> JSON {
        guard case .object(let members) = self, case .object(let added) = other else { return other }
        return .object(members.merging(added) { $1 })
    }
}

extension JSON: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    init(nilLiteral: ()) { self = .null }

    init(booleanLiteral value: Bool) { self = .bool(value) }

    init(integerLiteral value: Int) { self = .integer(value) }

    init(floatLiteral value: Double) { self = .number(value) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral value: String) { self = .text(value) }

    init(arrayLiteral elements: JSON...) { self = .array(elements) }

    init(dictionaryLiteral members: (String, JSON)...) { self = .object(Dictionary(members) { $1 }) }
}
