package import FoundationEssentials
import OperatingSystem

extension StatusDocument {
    /// The authorization, without any secret.
    package struct TokenPart: Codable, Sendable {
        package let state: String
        package let isValid: Bool
        @Nullable package var expiry: String?
        @Nullable package var lifetimeSeconds: Double?
        @Nullable package var renewsAt: String?
        /// Whether there is a refresh token that a renewal can use.
        package let canRenew: Bool
        package let renewal: RenewalPart
        package let saving: SavingPart
        /// Why what there is can't be used.
        @Nullable package var error: ErrorPart?

        package init(_ status: TokenStatus, at now: Date) {
            state = status.state(at: now).rawValue
            isValid = status.isValid(at: now)
            expiry = status.expiry.map(RFC3339.text)
            renewal = RenewalPart(status.renewal)
            saving = SavingPart(status.saving)
            switch status.possession {
            case .none(let ignored):
                (lifetimeSeconds, renewsAt, canRenew) = (nil, nil, ignored?.canRenew ?? false)
                error = ignored.map {
                    ErrorPart(kind: "expired", text: "the token in the file had expired at \(RFC3339.text($0.since)) and was ignored")
                }
            case .refreshTokenOnly:
                (lifetimeSeconds, renewsAt, canRenew, error) = (nil, nil, true, nil)
            case .token(let expiry, let lifetime, let renewsAt):
                (lifetimeSeconds, canRenew, error) = (expiry.map { _ in lifetime.rounded() }, renewsAt != nil, nil)
                self.renewsAt = renewsAt.map(RFC3339.text)
            case .rejected(let refusal, _):
                (lifetimeSeconds, renewsAt, canRenew, error) = (nil, nil, false, ErrorPart(refusal))
            }
        }
    }

    /// What is being done about a new token.
    package struct RenewalPart: Codable, Sendable {
        package let state: String
        @Nullable package var since: String?
        package let tries: Int
        @Nullable package var next: String?
        @Nullable package var error: ErrorPart?

        package init(_ renewal: TokenStatus.Renewal) {
            switch renewal {
            case .idle: (state, since, tries, next, error) = ("idle", nil, 0, nil, nil)
            case .underWay(let since): (state, self.since, tries, next, error) = ("underWay", RFC3339.text(since), 0, nil, nil)
            case .failing(let failure, let tries, let next):
                (state, since, self.tries) = ("failing", nil, tries)
                (self.next, error) = (next.map(RFC3339.text), ErrorPart(failure))
            }
        }
    }

    /// Whether the token is on the disk, and whether a new one could be.
    package struct SavingPart: Codable, Sendable {
        package let state: String
        @Nullable package var at: String?
        @Nullable package var next: String?
        @Nullable package var error: ErrorPart?

        package init(_ saving: TokenStatus.Saving) {
            switch saving {
            case .nothing: (state, at, next, error) = ("nothing", nil, nil, nil)
            case .saved(let time): (state, at, next, error) = ("saved", RFC3339.text(time), nil, nil)
            case .failed(let failure, let next): (state, at, self.next, error) = ("failed", nil, RFC3339.text(next), ErrorPart(failure))
            case .blocked(let failure, let next):
                (state, at, self.next) = ("blocked", nil, RFC3339.text(next))
                error = ErrorPart(failure)
            }
        }
    }

    /// How far a sign-in is.
    package struct SignInPart: Codable, Sendable {
        package let state: String
        @Nullable package var until: String?
        @Nullable package var reason: String?

        package init(_ status: SignInStatus) {
            switch status {
            case .idle: (state, until, reason) = ("idle", nil, nil)
            case .offered(let expires): (state, until, reason) = ("offered", RFC3339.text(expires), nil)
            case .waitingForNetatmo: (state, until, reason) = ("waiting", nil, nil)
            case .exchanging: (state, until, reason) = ("exchanging", nil, nil)
            case .succeeded(let until): (state, self.until, reason) = ("succeeded", RFC3339.text(until), nil)
            case .failed(let text): (state, until, reason) = ("failed", nil, text)
            }
        }
    }
}
