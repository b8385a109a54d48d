package import FoundationEssentials
package import Netatmo
package import OperatingSystem

/// One user's authorization: what reads data now, and what gets the next one.
package struct Token: Sendable, Hashable {
    /// The key for reading data.
    package let accessToken: Secret
    /// Good only for getting the next pair; `nil` where the token can't renew by itself.
    package let refreshToken: Secret?
    /// When `accessToken` stops working; `nil` where that is unknown: then it works until NetAtmo refuses it.
    package let expiry: Date?
    /// Attributes of the token file that are not ours: kept, and written back unchanged.
    package let otherAttributes: [String: JSONValue]

    package init(accessToken: Secret, refreshToken: Secret?, expiry: Date?, otherAttributes: [String: JSONValue] = [:]) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiry = expiry
        self.otherAttributes = otherAttributes
    }
}
