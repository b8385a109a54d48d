package import EngineAPI
package import FoundationEssentials
package import Netatmo
package import OperatingSystem

/// The attributes of a token file, as they stand in it; each of the three may be missing.
package struct TokenAttributes: Sendable, Hashable {
    package let accessToken: Secret?
    package let refreshToken: Secret?
    /// `expiry`; absent, `null`, `""` and Go's zero time all mean that there is none.
    package let expiry: Date?
    package let other: [String: JSONValue]

    package init(_ token: Token) {
        accessToken = token.accessToken
        refreshToken = token.refreshToken
        expiry = token.expiry
        other = token.otherAttributes
    }

    package init(refreshToken: Secret, other: [String: JSONValue] = [:]) {
        accessToken = nil
        self.refreshToken = refreshToken
        expiry = nil
        self.other = other
    }

    /// Reads the JSON of a token file. One that is empty, or of blanks alone, is read as `{}`: there is nothing in it that could be
    /// lost or misread.
    ///
    /// - Throws: ``TokenFileError/Cause`` where they are no JSON object, an attribute is not what it should be, or what they hold could
    ///   not be written back.
    package init(json: [UInt8]) throws(TokenFileError.Cause) {
        var members = JSONMemberNames.isBlank(json) ? Members(values: [:], names: []) : try Members(json)
        accessToken = try members.takeToken("access_token")
        refreshToken = try members.takeToken("refresh_token")
        expiry = try members.takeExpiry()
        other = members.values
        // What is kept may be longer as we write it than as it stood there.
        guard try Self.bytes(other).count <= Self.longestKept else { throw .tooLarge(limit: Self.longestKept) }
    }

    /// In bytes, as we write them. A token file has some 300; this leaves room for whatever else an owner keeps in it.
    static let longestKept = 1 << 20
    /// The longest file that is read. Beyond what is kept there is room for two tokens, each character escaped, and an expiry, so that
    /// whatever was read and is written with other tokens can be read again.
    static let longestFile = longestKept + 65_536

    /// How long the file may become that comes after one with these bytes, in bytes: what is kept of it may be longer as we write it,
    /// and its tokens may be missing or shorter than the ones to come.
    static func usualSuccessor(of json: [UInt8]) -> Int {
        let kept = (try? TokenAttributes(json: json).other).flatMap { try? bytes($0).count } ?? 0
        return max(json.count, kept) + roomForTokens
    }

    /// In bytes: many times what two of NetAtmo's tokens and an expiry take, which are some 250 together.
    private static let roomForTokens = 4096

    /// The JSON of a token file, with its keys in alphabetical order and a line feed at its end.
    ///
    /// - Throws: ``TokenFileError/Cause/unencodable``, or ``TokenFileError/Cause/tooLarge(limit:)`` where it could not be read again.
    package func json() throws(TokenFileError.Cause) -> [UInt8] {
        var members = other
        members["access_token"] = accessToken.map { .string($0.reveal()) }
        members["refresh_token"] = refreshToken.map { .string($0.reveal()) }
        members["expiry"] = expiry.map { .string(RFC3339.text($0)) }
        let json = try Self.bytes(members)
        guard json.count <= Self.longestFile else { throw .tooLarge(limit: Self.longestFile) }
        return json
    }

    private static func bytes(_ members: [String: JSONValue]) throws(TokenFileError.Cause) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(JSONValue.object(members)) else { throw .unencodable }
        return [UInt8](json) + [UInt8(ascii: "\n")]
    }
}

/// The members of a token file's object.
private struct Members {
    var values: [String: JSONValue]
    /// Their names, each as often as it stands there.
    let names: [String]
}

extension Members {
    init(_ json: [UInt8]) throws(TokenFileError.Cause) {
        guard let document = try? JSONDecoder().decode(JSONValue.self, from: Data(json)) else { throw .notJSON }
        guard case .object(let members) = document else { throw .notAnObject(found: document.kind) }
        guard let names = JSONMemberNames.names(in: json) else { throw .notJSON }
        self.init(values: members, names: names)
    }

    /// A name in other letters is taken too, as netatmo-exporter does; written is the usual one.
    private mutating func takeText(_ name: String) throws(TokenFileError.Cause) -> String? {
        let found = names.filter { $0.foldedAsInGo == name }
        guard found.count <= 1 else { throw .duplicate(attribute: name) }
        switch found.first.flatMap({ values.removeValue(forKey: $0) }) {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let value): throw .wrongType(attribute: name, found: value.kind)
        }
    }

    mutating func takeToken(_ name: String) throws(TokenFileError.Cause) -> Secret? {
        guard let text = try takeText(name), !text.isEmpty else { return nil }
        guard let token = Secret.token(text) else { throw .noToken(attribute: name) }
        return token
    }

    mutating func takeExpiry() throws(TokenFileError.Cause) -> Date? {
        guard let text = try takeText("expiry"), !text.isEmpty else { return nil }
        guard let date = RFC3339.date(text) else { throw .unreadableExpiry }
        return date == Self.goZeroTime ? nil : date
    }

    /// `0001-01-01T00:00:00Z`: what Go writes for a time that was never set.
    private static let goZeroTime = Date(timeIntervalSince1970: -62_135_596_800)
}
