extension TokenStatus {
    /// The state of the authorization: the same word on the screen, in JSON and in logs.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// There is no token, or the file's had expired and was ignored.
        case missing
        /// Works, and renews by itself.
        case valid
        /// Works, but can't renew by itself, or its renewal is failing.
        case expiring
        /// A refresh or a code exchange is under way.
        case renewing
        /// Ran out while running, and could not be renewed.
        case expired
        /// NetAtmo refused it for good: the user has to sign in.
        case rejected
    }
}
