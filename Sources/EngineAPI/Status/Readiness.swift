package import FoundationEssentials
import Homes
import OperatingSystem

/// Whether the exporter does its work, as `/readyz` says it: a valid token, and readings that were fetched not too long ago.
///
/// What counts is when NetAtmo last gave the readings, not how old they are: a station that went silent is no fault of the
/// exporter, and its modules are told as stale and unreachable.
package enum Readiness: Sendable, Hashable {
    case ready
    /// It does, but will not for long where the user does not act on this.
    case readyForNow(warning: String)
    /// In one line, for a person.
    case notReady(reason: String)

    /// - Parameter staleAge: How old a fetch may be.
    package init(_ snapshot: Snapshot, at now: Date, staleAge: Duration) {
        let reasons = [Self.fault(of: snapshot.token, at: now), Self.fault(of: snapshot.data, at: now, staleAge: staleAge)]
            .compactMap(\.self)
        if !reasons.isEmpty {
            self = .notReady(reason: reasons.joined(separator: "; "))
        } else if let warning = snapshot.token.savingFault {
            self = .readyForNow(warning: "token: \(warning)")
        } else {
            self = .ready
        }
    }

    private static func fault(of token: TokenStatus, at now: Date) -> String? {
        guard !token.isValid(at: now) else { return nil }
        let isEnding = token.expiry.map { $0 > now } ?? false
        return "token: \(token.words(at: now))\(isEnding ? " (in less than 10 s)" : "")"
    }

    private static func fault(of data: DataStatus, at now: Date, staleAge: Duration) -> String? {
        let failure = data.lastAttempt?.error.map { "; last try failed: \($0)" } ?? ""
        guard let fetchedAt = data.fetchedAt else { return "readings: none yet\(failure)" }
        guard !Freshness(at: now, staleAge: staleAge).isFresh(fetchedAt) else { return nil }
        let age = Duration.seconds(now.timeIntervalSince(fetchedAt))
        return "readings: \(DurationText.option(age)) old, older than \(DurationText.option(staleAge))\(failure)"
    }
}
