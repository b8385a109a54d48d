public import FoundationEssentials

/// The attributes of a token file, as they stand in it; each of the three may be missing.
public struct TokenAttributes: Sendable, Hashable {
    /// `access_token`
    public let accessToken: Secret?
    /// `refresh_token`
    public let refreshToken: Secret?
    /// `expiry`; absent, `null`, `""` and Go's zero time all mean that there is none.
    public let expiry: Date?
    /// All other attributes.
    public let other: [String: JSONValue]

    /// The attributes that say a token.
    public init(_ token: Token) {
        accessToken = token.accessToken
        refreshToken = token.refreshToken
        expiry = token.expiry
        other = token.otherAttributes
    }

    /// The attributes of a file with a refresh token alone.
    public init(refreshToken: Secret, other: [String: JSONValue] = [:]) {
        accessToken = nil
        self.refreshToken = refreshToken
        expiry = nil
        self.other = other
    }

    /// Reads the JSON of a token file.
    ///
    /// - Parameter json: The bytes of the file.
    /// - Throws: ``TokenFileError/Cause`` where they are no JSON object, or an attribute is not what it should be.
    public init(json: [UInt8]) throws(TokenFileError.Cause) {
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: Data(json))
        } catch {
            throw .notJSON
        }
        guard case .object(var members) = document else { throw .notAnObject(found: document.kind) }
        accessToken = try Self.string("access_token", takenFrom: &members).flatMap(Secret.init)
        refreshToken = try Self.string("refresh_token", takenFrom: &members).flatMap(Secret.init)
        expiry = try Self.expiry(takenFrom: &members)
        other = members
    }

    /// The JSON of a token file, with its keys in alphabetical order and a line feed at its end.
    ///
    /// - Throws: ``TokenFileError/Cause/unencodable``
    public func json() throws(TokenFileError.Cause) -> [UInt8] {
        var members = other
        members["access_token"] = accessToken.map { .string($0.reveal()) }
        members["refresh_token"] = refreshToken.map { .string($0.reveal()) }
        members["expiry"] = expiry.map { .string(RFC3339.text($0)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(JSONValue.object(members)) else { throw .unencodable }
        return [UInt8](json) + [UInt8(ascii: "\n")]
    }

    private static func string(_ name: String, takenFrom members: inout [String: JSONValue]) throws(TokenFileError.Cause) -> String? {
        switch members.removeValue(forKey: name) {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let value): throw .wrongType(attribute: name, found: value.kind)
        }
    }

    private static func expiry(takenFrom members: inout [String: JSONValue]) throws(TokenFileError.Cause) -> Date? {
        guard let text = try string("expiry", takenFrom: &members), !text.isEmpty else { return nil }
        guard let date = RFC3339.date(text) else { throw .unreadableExpiry }
        return date == goZeroTime ? nil : date
    }

    /// `0001-01-01T00:00:00Z`: what Go writes for a time that was never set.
    private static let goZeroTime = Date(timeIntervalSince1970: -62_135_596_800)
}
