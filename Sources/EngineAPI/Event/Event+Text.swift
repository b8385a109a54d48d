package import FoundationEssentials
package import Homes
import OperatingSystem

extension Event {
    package var subject: Subject {
        switch kind {
        case .dataFetched, .dataFailed, .dataKept, .dataHeldBack, .dataRemark, .readingAlert, .homeCoachRefused: .data
        case .energyFetched, .energyFailed, .energyRefused: .energy
        case .exporterStarted, .settingDoubtful, .controlSocketFailed, .memoryProblem: .exporter
        case .tokenLoaded, .tokenFileWarning, .tokenPlaceWarning, .tokenFileUnlocked, .tokenFileRemark, .tokenMissing, .tokenRenewed,
            .renewalFailed, .tokenRejected, .tokenExpired, .saveFailed, .savedAtLast, .savingBlocked, .savingWorksAgain, .tokenRecovered,
            .tokenTakenOver, .takenOverRefused, .previousNotKept,
            .previousFound, .tokenFileProblem, .stopWaits, .signInStarted, .signedIn, .signInFailed:
            .token
        case .told(let words): words.subject
        }
    }

    package var severity: Severity {
        switch kind {
        case .readingAlert(let alert): alert.isRaised ? .warning : .neutral
        case .tokenRenewed, .savedAtLast, .savingWorksAgain, .tokenRecovered, .tokenTakenOver, .signedIn, .dataFetched, .energyFetched:
            .good
        case .tokenLoaded, .previousFound, .signInStarted, .exporterStarted, .dataHeldBack, .stopWaits, .tokenFileRemark(.narrowed):
            .neutral
        case .tokenFileWarning, .tokenPlaceWarning, .tokenFileUnlocked, .tokenFileProblem, .tokenFileRemark, .previousNotKept,
            .tokenMissing, .dataKept, .dataRemark, .homeCoachRefused, .energyRefused, .settingDoubtful, .controlSocketFailed,
            .memoryProblem:
            .warning
        case .renewalFailed, .tokenRejected, .takenOverRefused, .tokenExpired, .saveFailed, .savingBlocked, .signInFailed, .dataFailed,
            .energyFailed:
            .bad
        case .told(let words): words.severity
        }
    }

    /// The outcome in one word, for a column of its own: `ok`, `renewed`, `failed`, …
    package var outcome: String {
        switch kind {
        case .tokenLoaded: "loaded"
        case .tokenFileRemark(.narrowed): "narrowed"
        case .tokenFileWarning, .tokenPlaceWarning, .tokenFileUnlocked, .tokenFileProblem, .tokenFileRemark, .previousNotKept,
            .dataRemark, .homeCoachRefused, .energyRefused, .settingDoubtful, .controlSocketFailed, .memoryProblem:
            "warning"
        case .readingAlert(let alert): alert.isRaised ? "alert" : "back"
        case .previousFound: "kept"
        case .tokenRecovered: "recovered"
        case .tokenTakenOver: "taken over"
        case .takenOverRefused: "refused"
        case .tokenMissing: "missing"
        case .tokenRenewed: "renewed"
        case .tokenRejected: "rejected"
        case .tokenExpired: "expired"
        case .savedAtLast: "saved"
        case .savingBlocked: "blocked"
        case .savingWorksAgain: "unblocked"
        case .stopWaits: "stopping"
        case .signInStarted: "sign-in"
        case .signedIn: "signed in"
        case .dataFetched, .energyFetched: "ok"
        case .dataKept: "empty"
        case .dataHeldBack: "held"
        case .exporterStarted: "started"
        case .saveFailed: "unsaved"
        case .renewalFailed, .signInFailed, .dataFailed, .energyFailed: "failed"
        case .told(let words): words.outcome
        }
    }

    /// What there is to say behind the outcome; empty where the outcome says it all.
    ///
    /// - Parameters:
    ///   - clock: Writes a time of day.
    ///   - describe: Writes an error of the token file, with its path or without.
    package func detail(clock: (Date) -> String, describe: (TokenFileError) -> String = \.description) -> String {
        switch kind {
        case .tokenLoaded(nil): "until NetAtmo refuses it"
        case .tokenLoaded(let until?), .signedIn(let until), .tokenRenewed(let until, _): "until \(clock(until))"
        case .tokenFileWarning(let warning): "token file \(warning)"
        case .tokenPlaceWarning(let warning): "\(warning)"
        case .tokenFileUnlocked(let error): "no lock, another program could use it too: \(describe(error))"
        case .tokenMissing: "sign in to get one"
        case .renewalFailed(let error, let next):
            Self.failure(error, next: next.map(clock)) + (error.mayHaveBeenCarriedOut ? Self.maybeRenewed(isTriedAgain: next != nil) : "")
        case .dataFailed(let error, let next): Self.failure(error, next: next.map(clock))
        case .tokenRejected(let error): "\(error): sign in again"
        case .tokenExpired: "no new token came in time; it is tried on, or sign in again"
        case .saveFailed(let error, let next):
            next.map { "the token lives on in memory, next try at \(clock($0)): \(describe(error))" }
                ?? "not tried again: \(describe(error))"
        case .tokenRecovered: "a write that was cut off had left a newer token beside the token file: it is used"
        case .tokenTakenOver: "the token file was replaced, its token is used from now on"
        case .takenOverRefused(let error): "the token file's refresh token; the one before is used again and written back: \(error)"
        case .previousNotKept(let error):
            "the token before the file's could not be kept on the disk, it is lost where the program ends now: \(describe(error))"
        case .previousFound: "the token before the file's, until NetAtmo has judged the file's: it is used where that is refused"
        case .tokenFileProblem(let problem): problem.text(describe)
        case .savingBlocked(let error, let next):
            "a new token could not be saved, so none is asked for, next try at \(clock(next)): \(describe(error)); \(error.remedy)"
        case .savingWorksAgain: "a new token can be saved again: renewals go on"
        case .tokenFileRemark(let remark): remark.text
        case .savedAtLast: "the token is on the disk again"
        case .stopWaits: "once NetAtmo has answered a request for a token, at most 30 s"
        case .signInStarted: "waiting for NetAtmo's answer"
        case .signInFailed(let reason): "sign-in: \(reason)"
        case .dataFetched(let modules, let took): "\(modules) modules \(Self.milliseconds(took))"
        case .energyFetched(let rooms): "\(rooms) rooms"
        case .energyFailed(let error, let next): Self.failure(error, next: clock(next))
        case .energyRefused: "the token does not allow thermostats (NetAtmo Energy): sign in again to see them"
        case .dataKept(let until): "no stations in NetAtmo's answer: the readings before are kept until \(clock(until))"
        case .dataRemark(let remark): remark.text
        case .readingAlert(let alert): alert.text
        case .homeCoachRefused: "the token does not allow home coaches: sign in again to see them"
        case .dataHeldBack(let until): "NetAtmo allows no more for now, next at \(clock(until))"
        case .settingDoubtful(let warning): warning
        case .controlSocketFailed(let reason): "no control socket, so that no screen can attach: \(reason)"
        case .exporterStarted(let address): address
        case .memoryProblem(let problem): problem.text
        case .told(let words): words.detail.replacingTimes(clock)
        }
    }

    /// The event without its time in one line: `token renewed: until 20:17:52`. For the parameters see ``detail(clock:describe:)``.
    package func line(clock: (Date) -> String, describe: (TokenFileError) -> String = \.description) -> String {
        let detail = detail(clock: clock, describe: describe)
        return "\(subject.rawValue) \(outcome)\(detail.isEmpty ? "" : ": ")\(detail)"
    }

    /// What NetAtmo, or the way to it, failed with, where that is what the event tells.
    package var error: NetatmoError? {
        switch kind {
        case .renewalFailed(let error, _), .tokenRejected(let error), .dataFailed(let error, _), .energyFailed(let error, _): error
        case .told(let words): words.error
        default: nil
        }
    }

    private static func maybeRenewed(isTriedAgain: Bool) -> String {
        "; NetAtmo may have renewed all the same" + (isTriedAgain ? ", the same refresh token is tried again" : "")
    }

    private static func failure(_ error: NetatmoError, next: String?) -> String {
        next.map { "next try at \($0): \(error)" } ?? "\(error)"
    }

    /// A duration in whole milliseconds: `53ms`.
    private static func milliseconds(_ duration: Duration) -> String {
        "\(Int((duration / .milliseconds(1)).rounded()))ms"
    }
}
