package import Engine
import EngineAPI
package import FoundationEssentials
package import Netatmo
package import OperatingSystem

/// Tokens and answers for tests.
package enum SampleTokens {
    /// A secret of that text, which must not be empty.
    package static func secret(_ text: String) -> Secret {
        guard let secret = Secret(text) else { preconditionFailure("an empty secret is none") }
        return secret
    }

    /// The attributes of a token file.
    ///
    /// - Parameters:
    ///   - access: The access token.
    ///   - refresh: The refresh token.
    ///   - expiry: When the access token stops working.
    ///   - other: Attributes that are not ours.
    package static func file(
        access: String? = nil, refresh: String? = nil, expiry: Date? = nil, other: String? = nil
    ) throws -> TokenAttributes {
        let members = [
            access.map { #""access_token":"\#($0)""# }, refresh.map { #""refresh_token":"\#($0)""# },
            expiry.map { #""expiry":"\#(RFC3339.text($0))""# }, other,
        ]
        return try TokenAttributes(json: Array("{\(members.compactMap(\.self).joined(separator: ","))}".utf8))
    }

    /// The user's app.
    package static let credentials = ClientCredentials(id: "app-5f1e", secret: secret("client-secret-0d9a"))
}
