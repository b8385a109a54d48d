import FoundationEssentials
import Glibc
package import EngineAPI
import Homes
import OperatingSystem

/// Events of each kind, with each thing that they can hold.
///
/// Each list goes through the cases in their order: the compiler misses one that is added, and asks for its sample.
package enum SampleEvents {
    package static let fullDisk = TokenFileError(
        path: "/somewhere/token.json", cause: .system(FileError(operation: "write", code: ENOSPC)))
    private static let outage = NetatmoError(
        .outage, status: 503, code: "11", message: "Ærlig \"talt\"", retryAfter: .seconds(90), mayHaveBeenCarriedOut: true)
    private static let refusal = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
    private static let soon = SampleStations.now(600.25)
    private static let noRoom = FileError(operation: "rename", code: EBUSY)

    package static let kinds: [Event.Kind] = chain(from: .tokenLoaded(until: nil), next: next)

    private static func chain<Case>(from first: Case, next: (Case) -> [Case]?) -> [Case] {
        var all = [first]
        while let last = all.last, let more = next(last) { all += more }
        return all
    }

    private static func alert(isRaised: Bool) -> ReadingAlert {
        ReadingAlert(
            deviceID: "70:ee:50:00:00:01", name: "Stue", rule: AlertRule(module: "stue", .measure(.co2), .over, 1000),
            value: isRaised ? 1043 : 940, isRaised: isRaised)
    }

    private static func next(after kind: Event.Kind) -> [Event.Kind]? {
        switch kind {
        case .tokenLoaded: [.tokenLoaded(until: soon)] + fileWarnings.map { .tokenFileWarning($0) }
        case .tokenFileWarning: placeWarnings.map { .tokenPlaceWarning($0) }
        case .tokenPlaceWarning: causes.map { .tokenFileUnlocked(TokenFileError(path: "/somewhere/token.json", cause: $0)) }
        case .tokenFileUnlocked: [.tokenMissing]
        case .tokenMissing: [.tokenRenewed(until: soon, took: .milliseconds(80))]
        case .tokenRenewed:
            [.renewalFailed(outage, next: soon)]
                + NetatmoError.Kind.allCases.map { .renewalFailed(NetatmoError($0, message: "no"), next: nil) }
        case .renewalFailed: [.tokenRejected(refusal)]
        case .tokenRejected: [.tokenExpired]
        case .tokenExpired: [.saveFailed(fullDisk, next: nil), .saveFailed(fullDisk, next: soon)]
        case .saveFailed: [.savedAtLast]
        case .savedAtLast: [.savingBlocked(fullDisk, next: soon)]
        case .savingBlocked: [.savingWorksAgain]
        case .savingWorksAgain: remarks.map { .tokenFileRemark($0) }
        case .tokenFileRemark: [.tokenRecovered]
        case .tokenRecovered: [.tokenTakenOver]
        case .tokenTakenOver: [.takenOverRefused(refusal)]
        case .takenOverRefused: [.previousNotKept(fullDisk)]
        case .previousNotKept: [.previousFound]
        case .previousFound: problems.map { .tokenFileProblem($0) }
        case .tokenFileProblem: [.stopWaits]
        case .stopWaits: [.signInStarted]
        case .signInStarted: [.signedIn(until: soon)]
        case .signedIn: [.signInFailed(reason: "denied \u{1F3D4} \"so\"")]
        case .signInFailed: [.dataFetched(modules: 6, took: .microseconds(53_001))]
        case .dataFetched: [.dataFailed(refusal, next: nil), .dataFailed(outage, next: soon)]
        case .dataFailed: [.dataKept(until: soon)]
        case .dataKept: dataRemarks.map { .dataRemark($0) }
        case .dataRemark: [true, false].map { .readingAlert(alert(isRaised: $0)) }
        case .readingAlert: [.homeCoachRefused]
        case .homeCoachRefused: [.energyFetched(rooms: 4)]
        case .energyFetched: [.energyFailed(outage, next: soon)]
        case .energyFailed: [.energyRefused]
        case .energyRefused: [.dataHeldBack(until: soon)]
        case .dataHeldBack: [.settingDoubtful("hardly")]
        case .settingDoubtful: [.controlSocketFailed(reason: "can't listen")]
        case .controlSocketFailed: [.exporterStarted(address: "[::1]:9210")]
        case .exporterStarted: memoryProblems.map { .memoryProblem(MemoryProblem(file: "token.json.history", cause: $0)) }
        case .memoryProblem: [told]
        case .told: nil
        }
    }

    private static let fileWarnings: [TokenFileWarning] = chain(from: .bothTokensMissing) { warning in
        switch warning {
        case .bothTokensMissing: [.accessTokenMissing]
        case .accessTokenMissing: [.refreshTokenMissing]
        case .refreshTokenMissing: [.expiryMissing]
        case .expiryMissing: [.accessTokenAlone]
        case .accessTokenAlone: [.expired(since: soon)]
        case .expired: nil
        }
    }

    private static let placeWarnings: [TokenPlaceWarning] = chain(from: .sharedDirectory(path: "/somewhere", mode: 0o777)) { warning in
        switch warning {
        case .sharedDirectory: [.foreignFile(path: "/somewhere/token.json", owner: 1001)]
        case .foreignFile: [.foreignLink(path: "/somewhere/token.json", owner: 1001)]
        case .foreignLink: foreignFiles.map { .foreignNeighbour(path: "/somewhere/token.json.lock", $0) }
        case .foreignNeighbour: nil
        }
    }

    private static let foreignFiles: [ForeignFile] = chain(from: .symbolicLink) { file in
        switch file {
        case .symbolicLink: [.directory]
        case .directory: [.notRegular]
        case .notRegular: [.otherNames]
        case .otherNames: [.owner(1001)]
        case .owner: nil
        }
    }

    private static let causes: [TokenFileError.Cause] = chain(from: .notJSON) { cause in
        switch cause {
        case .notJSON: [.notAnObject(found: "a number")]
        case .notAnObject: [.wrongType(attribute: "expiry", found: "a number")]
        case .wrongType: [.duplicate(attribute: "expiry")]
        case .duplicate: [.noToken(attribute: "access_token")]
        case .noToken: [.unreadableExpiry]
        case .unreadableExpiry: [.unencodable]
        case .unencodable: [.tooLarge(limit: 65_536)]
        case .tooLarge: [.system(noRoom)]
        case .system: [.notRegular]
        case .notRegular: [.noLocks(noRoom)]
        case .noLocks: foreignFiles.map { .foreignLock(path: "/somewhere/token.json.lock", $0) }
        case .foreignLock: [.inUse(by: nil), .inUse(by: LockHolder(processID: 4711, address: ":9210"))]
        case .inUse: [.told(reason: "no", remedy: "yes")]
        case .told: nil
        }
    }

    private static let remarks: [TokenFileRemark] = chain(from: .inPlace(because: noRoom)) { remark in
        switch remark {
        case .inPlace: [.narrowed(from: 0o644)]
        case .narrowed: [.openToOthers(mode: 0o644)]
        case .openToOthers: nil
        }
    }

    private static let problems: [TokenFileProblem] = chain(from: .gone) { problem in
        switch problem {
        case .gone: [.usedUp]
        case .usedUp: [.withoutRefreshToken]
        case .withoutRefreshToken: [.unusable(fullDisk)]
        case .unusable: nil
        }
    }

    private static let dataRemarks: [DataRemark] = chain(from: .timesAhead(devices: 3, names: ["Stue", "\u{1B}[2J東京"])) { remark in
        switch remark {
        case .timesAhead: [.devicesLeftOut(17, most: 6000)]
        case .devicesLeftOut: [.seriesLeftOut(devices: 17, limit: 8 << 20)]
        case .seriesLeftOut: [.alertsWithoutModule(names: ["Bedrom", "\u{1B}[2J東京"])]
        case .alertsWithoutModule: nil
        }
    }

    private static let memoryProblems: [MemoryProblem.Cause] = chain(from: .unreadable(noRoom)) { cause in
        switch cause {
        case .unreadable: [.tooLarge(limit: 1 << 20)]
        case .tooLarge: [.otherForm]
        case .otherForm: [.damaged(lines: 1), .damaged(lines: 2)]
        case .damaged: [.unwritable(noRoom)]
        case .unwritable: [.foreign(.symbolicLink)]
        case .foreign: nil
        }
    }

    /// What another process said.
    private static let told: Event.Kind = {
        let words = #"""
            {"time":"2026-11-23T17:18:05Z","subject":"data","outcome":"failed","severity":"bad","error":{"kind":"busy","text":""},
            "detail":"until 2026-11-23T17:20:05Z"}
            """#
        guard let event = try? JSONDecoder.status().decode(Event.self, from: Data(words.utf8)) else {
            preconditionFailure("the words are no event")
        }
        return event.kind
    }()
}
