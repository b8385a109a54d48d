/// What identifies the user's app at NetAtmo.
public struct ClientCredentials: Sendable, Hashable {
    /// The public id of the app.
    public let id: String
    /// The app's secret.
    public let secret: Secret

    /// Creates credentials.
    public init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }
}
