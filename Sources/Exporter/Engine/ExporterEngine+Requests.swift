public import FoundationEssentials
public import Homes
public import System

// What the user asks for.

extension ExporterEngine {
    /// How a user can sign in: addresses for a browser, good once and for 10 minutes.
    public struct SignInOffer: Sendable {
        /// This exporter's own address, for a browser on this machine or through a tunnel to it; under the external URL, where
        /// there is one, for a browser anywhere.
        public let localURL: Secret
        /// The same without a key, for a browser that this machine opens: arguments of a command can be seen by others.
        public let browserURL: String
        /// NetAtmo's page, for a browser anywhere; where it ends on is to be pasted.
        public let netatmoURL: Secret
        /// Where a phone begins.
        public let phone: PhoneAddress
        /// When all of them end to work.
        public let expires: Date

        /// Creates an offer.
        public init(localURL: Secret, browserURL: String, netatmoURL: Secret, phone: PhoneAddress = .unreachable, expires: Date) {
            self.localURL = localURL
            self.browserURL = browserURL
            self.netatmoURL = netatmoURL
            self.phone = phone
            self.expires = expires
        }
    }

    /// Asks for a fetch of the readings now.
    public func requestFetch() async -> FetchReply {
        await poller.requestFetch()
    }

    /// Asks for a renewal of the token now.
    public func requestRenewal() async -> RenewalReply {
        await keeper.requestRenewal()
    }

    /// What a module measured in the last three days: as NetAtmo gave it within the last ten minutes, or gives it now.
    public func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        try await archive.history(of: subject)
    }

    /// Begins a sign-in; `nil` where the exporter does not answer yet. Whether a new token could be saved is found out anew, for
    /// ``TokenStatus/obstacle``.
    public func offerSignIn() async -> SignInOffer? {
        guard case .listening(_, let port) = store.snapshot.exporter else { return nil }
        _ = await signIn.obstacle()
        let expires = clock.now.addingTimeInterval(OneTimeSecrets.lifetime)
        guard let key = await signIn.issueKey(), let withKey = Self.address(with: key, configuration, store),
            let netatmo = await signIn.authorizeURL(redirectURI: Self.redirectURI(configuration, store)).flatMap(Secret.init)
        else { return nil }
        // Where a proxy asks for anybody, no browser is trusted by its place: there it asks for the key.
        let isPublic = ExporterSite(externalURL: configuration.externalURL, port: { port }).isPublic
        let local = isPublic ? configuration.externalURL : nil
        return SignInOffer(
            localURL: withKey, browserURL: "\(local ?? configuration.address.localURL(port: port))/auth/authorize", netatmoURL: netatmo,
            phone: PhoneAddress(key: key, configuration: configuration, port: port, networkAddress: networkAddress), expires: expires
        )
    }

    /// Signs in with what the user pasted: a refresh token, or the address that the browser ended on.
    ///
    /// - Returns: When the new token expires.
    public func signIn(pasting text: Secret) async throws(SignInError) -> Date {
        switch try PastedSignIn(text.reveal()) {
        case .refreshToken(let token): try await signIn.adopt(refreshToken: token)
        case .redirect(let answer): try await signIn.complete(answer, redirectURI: Self.redirectURI(configuration, store))
        }
    }
}
