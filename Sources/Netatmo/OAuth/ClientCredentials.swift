package import OperatingSystem

/// What identifies the user's app at NetAtmo.
package struct ClientCredentials: Sendable, Hashable {
    /// The public id of the app.
    package let id: String
    package let secret: Secret
    /// What may be wrong with them, in words for the user without the values; `nil` where nothing looks wrong.
    package let doubt: String?

    package init(id: String, secret: Secret, doubt: String? = nil) {
        self.id = id
        self.secret = secret
        self.doubt = doubt
    }
}
