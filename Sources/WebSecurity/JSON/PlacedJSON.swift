/// A value of a JSON text, with the line that it begins in.
struct PlacedJSON: Sendable, Hashable {
    enum Value: Sendable, Hashable {
        case null
        case boolean
        case number
        case string(String)
        case array
        /// The members, in their order and as often as they stand there.
        case object([Member])
    }

    /// A member of an object.
    struct Member: Sendable, Hashable {
        let name: String
        /// The line of its name.
        let line: Int
        let value: PlacedJSON
    }

    let line: Int
    let value: Value

    /// What the value is, in the words of JSON, for an error message.
    var kind: String {
        switch value {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
