package import EngineAPI
import FoundationEssentials
import Homes
package import OperatingSystem
package import TerminalUI

/// A status in words, line by line, for screen readers, scripts and `watch`: no colours, no drawings, and the same lines in the
/// same order as long as the same things are there.
package struct StatusText: Sendable {
    private let words: PlainWords

    /// - Parameters:
    ///   - symbols: What the reader's locale can show.
    ///   - time: Writes times of day.
    package init(symbols: Symbols, time: LocalTime = .system) {
        words = PlainWords(symbols: symbols, time: time)
    }

    /// How many of the latest events are told.
    private static let eventCount = 5

    /// The whole status, each line with a line break at its end.
    package func text(of report: StatusReport) -> String {
        let now = words.date(report.document.now) ?? .beforeAnyClock
        let document = report.document
        let sections = [
            [token(document.token, at: now), renewal(document.token, at: now), saving(document.token.saving, at: now)],
            [signIn(document.signIn, at: now), readings(report, at: now), exporter(document.exporter, at: now)],
            [""], stations(report, at: now),
            ["History:"], document.history.suffix(Self.eventCount).reversed().map { event($0, at: now) },
        ]
        return sections.joined().compactMap(\.self).map { words.line(words.time.localised($0, now: now)) + "\n" }.joined()
    }

    /// `Token: VALID, expires in 2 h 41 min, at 20:17:52`.
    func token(_ token: StatusDocument.TokenPart, at now: Date) -> String {
        let state = TokenStatus.State(rawValue: token.state).map(\.plainWord) ?? token.state
        guard let expiry = words.date(token.expiry) else { return "Token: \(state)\(token.isValid ? ", expiry unknown" : "")" }
        let clock = words.clock(expiry, now: now)
        return expiry > now
            ? "Token: \(state), expires in \(DurationText.words(from: now, to: expiry)), at \(clock)"
            : "Token: \(state), expired \(DurationText.words(from: expiry, to: now)) ago, at \(clock)"
    }

    private func renewal(_ token: StatusDocument.TokenPart, at now: Date) -> String? {
        let next = words.date(token.renewal.next).map { ", next try at \(words.clock($0, now: now))" } ?? ""
        switch (token.renewal.state, token.error, words.date(token.renewsAt)) {
        case ("underWay", _, _): return "Renewal: under way"
        case ("failing", _, _): return "Renewal: failed\(next): \(token.renewal.error?.text ?? "no reason given")"
        case (_, let error?, _): return "Renewal: none, sign in: \(error.text)"
        case (_, nil, let time?): return "Renewal: due at \(words.clock(time, now: now))"
        case (_, nil, nil): return token.canRenew ? nil : "Renewal: none, there is no refresh token: sign in"
        }
    }

    private func saving(_ saving: StatusDocument.SavingPart, at now: Date) -> String? {
        switch saving.state {
        case "saved": words.date(saving.at).map { "Saved: at \(words.clock($0, now: now))" }
        case "blocked":
            "Saved: a new token could not be, so none is asked for: \(saving.error?.text ?? "no reason given")"
                + (words.date(saving.next).map { ", next try at \(words.clock($0, now: now))" } ?? "")
        case "failed": "Saved: no, the token is in memory alone: \(saving.error?.text ?? "no reason given")"
        default: nil
        }
    }

    private func signIn(_ signIn: StatusDocument.SignInPart, at now: Date) -> String? {
        switch signIn.state {
        case "waiting": "Sign-in: waiting for NetAtmo's answer"
        case "exchanging": "Sign-in: getting a token"
        case "failed": "Sign-in: failed: \(signIn.reason ?? "no reason given")"
        default: nil
        }
    }

    private func readings(_ report: StatusReport, at now: Date) -> String {
        let data = report.document.data
        let modules = report.stations.map(\.modules.count).reduce(0, +)
        let fetched = words.date(data.fetchedAt).map { "\(words.count(modules, "module")), fetched at \(words.clock($0, now: now))" }
        let next = words.date(data.nextFetch).map { ", next fetch at \(words.clock($0, now: now))" } ?? ""
        let failure = data.lastAttempt?.error.map { ", last try failed: \($0.text)" } ?? ""
        return "Readings: \(fetched ?? "none")\(next)\(failure)"
    }

    private func exporter(_ exporter: StatusDocument.ExporterPart, at now: Date) -> String {
        guard let address = exporter.address else { return "Exporter: not running" }
        let scrape = words.date(exporter.lastScrape).map { "last scrape \(DurationText.words(from: $0, to: now)) ago" } ?? "never scraped"
        return "Exporter: on \(address), \(scrape)"
    }

    /// A heading each, then its modules, then an empty line.
    private func stations(_ report: StatusReport, at now: Date) -> [String?] {
        let modules = ModuleWords(words: words, now: now, isDetailed: true)
        return report.stations.flatMap { station -> [String?] in
            let heading = station.plainNames + (station.isFavorite ? ["a favourite"] : [])
            return [heading.joined(separator: ", ") + ":"] + station.modules.map { modules.line($0) } + [""]
        }
    }

    private func event(_ event: StatusDocument.EventPart, at now: Date) -> String {
        let time = words.date(event.time).map { words.clock($0, now: now) } ?? "?"
        return "\(time) \(event.subject) \(event.outcome)\(event.detail.isEmpty ? "" : ": ")\(event.detail)"
    }
}

extension TokenStatus.State {
    /// The word on the screen.
    var plainWord: String {
        self == .missing ? "NO TOKEN" : rawValue.uppercased()
    }
}

extension StationStatus {
    /// Its home, or its own name where NetAtmo gives no home, and its city where that says something new; one at least.
    var plainNames: [String] {
        let names = [home ?? name, place?.city].compactMap(\.self).filter { !$0.isEmpty }
        let different = names.enumerated().filter { !names.prefix($0.offset).contains($0.element) }.map(\.element)
        return different.isEmpty ? ["Station \(id.suffix(2))"] : different
    }
}
