package import FoundationEssentials
import Homes
import OperatingSystem

// What the token's and the readings' states are, in a line, for `/readyz` and for browsers without a script.

extension TokenStatus {
    /// The state, what is wrong, and what comes next or has to be done.
    ///
    /// - Parameter word: The state's name.
    package func words(at now: Date, naming word: (State) -> String = \.rawValue) -> String {
        let state = state(at: now)
        let expires =
            hasUnknownExpiry ? ", expiry unknown" : expiry.map { ", \($0 > now ? "expires" : "expired") at \(RFC3339.text($0))" } ?? ""
        return [word(state) + expires, advice(in: state), failure, savingFault].compactMap(\.self).joined(separator: "; ")
    }

    private func advice(in state: TokenStatus.State) -> String? {
        switch (possession, state) {
        case (_, .renewing): nil
        case (.none(let ignored?), _): "the token in the file had expired at \(RFC3339.text(ignored.since)): sign in again"
        case (.none(nil), _): "sign in"
        case (.rejected(let error, _), _): "sign in again: \(error)"
        case (.token(expiry: nil, _, renewsAt: nil), _):
            "there is no refresh token: it is used until NetAtmo refuses it, then sign in again"
        case (.token(_, _, renewsAt: nil), _): "there is no refresh token: sign in again"
        case (.refreshTokenOnly, _), (.token, _): nil
        }
    }

    private var failure: String? {
        guard case .failing(let error, _, let next) = renewal else { return nil }
        return "the last renewal failed: \(error)\(next.map { ", next try at \(RFC3339.text($0))" } ?? "")"
    }

    /// That a sign-in would be refused, why, and what to do; `nil` where nothing is known to stand in its way.
    package var signInWarning: String? {
        obstacle.map { "A sign-in would be refused: a new token could not be saved. Reason: \($0.reason). To do: \($0.remedy)." }
    }

    /// What keeps a token from being saved, and what to do; `nil` where nothing does.
    package var savingFault: String? {
        switch saving {
        case .nothing, .saved: nil
        case .failed(let error, let next): "it could not be saved: \(error.reason), next try at \(RFC3339.text(next)); \(error.remedy)"
        case .blocked(let error, let next):
            "no new one is asked for and sign-ins are refused, since it could not be saved: \(error.reason), next try at \(RFC3339.text(next)); \(error.remedy)"
        }
    }
}

extension DataStatus {
    /// How many modules there are, from when, and what failed since.
    package var words: String {
        let count = stations.map(\.devices.count).reduce(0, +)
        let fetched = fetchedAt.map { "\(count) modules, fetched at \(RFC3339.text($0))" } ?? "none yet"
        guard let error = lastAttempt?.error else { return fetched }
        return "\(fetched); the last try failed: \(error)\(nextFetch.map { ", next try at \(RFC3339.text($0))" } ?? "")"
    }
}
