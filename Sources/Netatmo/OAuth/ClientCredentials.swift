public import System

/// What identifies the user's app at NetAtmo.
public struct ClientCredentials: Sendable, Hashable {
    /// The public id of the app.
    public let id: String
    /// The app's secret.
    public let secret: Secret
    /// What may be wrong with them, in words for the user without the values; `nil` where nothing looks wrong.
    public let doubt: String?

    /// Creates credentials.
    public init(id: String, secret: Secret, doubt: String? = nil) {
        self.id = id
        self.secret = secret
        self.doubt = doubt
    }
}
