import Foundation
import TestSupport

@testable import Engine
@testable import Netatmo
@testable import OperatingSystem

/// A secret of a text that is not empty.
func secret(_ text: String) -> Secret {
    SampleTokens.secret(text)
}

/// 23 November 2026, 20:17:52 UTC.
let now = Date(timeIntervalSince1970: 1_795_465_072)

extension Token {
    /// A token that has two hours to go.
    static func sample(access: String = "new|access", other: [String: JSONValue] = [:]) -> Token {
        Token(
            accessToken: secret(access), refreshToken: secret("new|refresh"), expiry: now.addingTimeInterval(7200), otherAttributes: other)
    }
}

extension TokenAttributes {
    /// Reads a token file's text.
    init(_ text: String) throws {
        try self.init(json: Array(text.utf8))
    }
}
