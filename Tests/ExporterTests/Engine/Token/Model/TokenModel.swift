import Foundation
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// What a keeper has to be like after each event: which token is in memory and which in the file, what it waits for.
///
/// Written against the contract of the token file and the table of failures, without tasks, queues or locks: one event after
/// the other. The waits come from `Backoff`, `RenewalSchedule` and `RequestQuota`, which have tests of their own.
struct TokenModel: Sendable {
    /// A pair; the access token may be missing, or the refresh token.
    struct Pair: Sendable, Hashable {
        var access: String?
        var refresh: String?
        var expiry: Date?
        var lifetime: TimeInterval = 0
        var isExpiryAssumed = false
    }

    /// A series of failed renewals.
    struct Failure: Sendable, Hashable {
        var tries: Int
        var refusals: Int
        var firstRefusal: Date?
        var next: Date
    }

    private(set) var now = SampleStations.now
    var authority: TokenAuthority
    var diskIsFull = false
    /// What the file holds.
    private(set) var file: Pair?
    /// What each request spent, in their order.
    private(set) var spent: [String] = []
    /// How often an expiry was told.
    private(set) var expiriesTold = 0

    /// What is in memory, and whether it is renewed without being asked.
    private(set) var pair = Pair()
    private(set) var isRejected = false
    private(set) var isIgnored = false
    /// When the ignored one expired.
    private var ignoredSince: Date?
    private var before: Pair?
    /// The refresh token that has to be beside the file after the end.
    private(set) var keptBeside: String?
    private(set) var failure: Failure?
    /// When the file is written again, after that failed.
    private(set) var nextSave: Date?
    private var saveFailures = 0
    private var known: String?
    private var usedUp: Set<String> = []
    private var wishes = RequestQuota(RequestLimits(all: [.init(count: 1, seconds: 10), .init(count: 30, seconds: 3600)]))
    private var isExpiryTold = false
    /// A deadline that the keeper went to sleep with, and that was met without it.
    private var settled: Date?
    private let backoff = Backoff(first: .seconds(5), longest: .seconds(300), random: { 0.5 })

    init(file: Pair?, authority: TokenAuthority, renewExpired: Bool) {
        self.file = file
        self.authority = authority
        known = file?.refresh
        if let file { use(file, renewExpired: renewExpired) }
        carryOutWhatIsDue()
    }

    // MARK: What can be seen

    /// The word for it.
    var state: TokenStatus.State {
        if isRejected { return .rejected }
        guard !isIgnored, pair.access != nil, let expiry = pair.expiry else { return .missing }
        if expiry <= now { return .expired }
        return pair.refresh == nil || failure != nil ? .expiring : .valid
    }

    /// When the keeper wakes: it may sleep until a time at which nothing has to be done any more.
    var wakesAt: Date? {
        [deadline, settled].compactMap(\.self).min()
    }

    private var deadline: Date? {
        let isToken = pair.access != nil && !isRejected && !isIgnored
        // An ignored token waits for nothing but a clock that is set back.
        let setBack = isIgnored ? Date.afterAnyClock : nil
        return [renewalTime, pair.access == nil ? nil : nextSave, isToken && !isExpiryTold ? pair.expiry : nil, setBack]
            .compactMap(\.self).min()
    }

    /// The access token that works now.
    var workingToken: String? {
        guard !isIgnored, let expiry = pair.expiry, expiry > now else { return nil }
        return pair.access
    }

    private var renewalTime: Date? {
        if let failure { return failure.next }
        guard pair.refresh != nil, !isRejected, !isIgnored else { return nil }
        guard pair.access != nil, let expiry = pair.expiry else { return .beforeAnyClock }
        return RenewalSchedule.renewalTime(expiry: expiry, lifetime: pair.lifetime)
    }
}

// MARK: - What happens

extension TokenModel {
    /// The clock is moved, forward or back.
    mutating func move(to time: Date) {
        let isBack = time < now
        let wakes = wakesAt.map { isBack || $0 <= time } ?? false
        now = time
        guard wakes else { return }
        // By the new time what had expired may work again.
        if isBack, workingToken != nil { isExpiryTold = false }
        if let nextSave, isBack || nextSave <= now, pair.access != nil { save() }
        if isBack, renewalTime != nil { refresh() }
        if isBack { reconsiderIgnored() }
        carryOutWhatIsDue()
    }

    /// By the new time what had expired at the start may not have.
    private mutating func reconsiderIgnored() {
        guard isIgnored, let ignoredSince, ignoredSince > now, let file, file.refresh == pair.refresh, file.access != nil,
            file.expiry.map({ $0 > now }) ?? true
        else { return }
        use(file, renewExpired: false)
        isExpiryTold = false
    }

    /// The user asks for a renewal.
    mutating func requestRenewal() -> RenewalReply {
        guard pair.refresh != nil else { return .nothingToRenew }
        if case .refuse(let time) = wishes.admit(.token, at: now) { return .heldBack(until: time) }
        refresh()
        carryOutWhatIsDue()
        return .started
    }

    /// NetAtmo refused the access token at hand.
    mutating func refuseAccessToken() {
        // Neither after a verdict nor before the next try.
        guard workingToken != nil, !isRejected, failure.map({ $0.next <= now }) ?? true else { return }
        refresh()
        carryOutWhatIsDue()
    }

    /// The user signs in, with a code or with a refresh token.
    mutating func signIn(code: String? = nil, refreshToken: String? = nil) {
        if case .grant(let access, let refresh, let seconds) = request(spending: refreshToken, code: code) {
            if let refreshToken { usedUp.insert(refreshToken) }
            take(access, refresh, seconds: seconds)
            save()
        }
        carryOutWhatIsDue()
    }

    /// The user replaces the file, or removes it.
    mutating func replaceFile(by pair: Pair?) {
        file = pair
    }

    /// The keeper looks at the file.
    mutating func noticeFileChange() {
        switch change() {
        case .none, .unusable: break
        case .lost:
            guard pair.access != nil else { return }
            let before = wakesAt
            save()
            settled = nextSave == nil ? before : nil
        case .replaced(let pair):
            takeOver(pair)
            carryOutWhatIsDue()
        }
    }

    /// The program stops.
    mutating func stop() {
        let isReplaced = if case .replaced = change() { true } else { false }
        // What NetAtmo accepted last is not lost because of a file that it has not judged.
        let inForce = isReplaced && !isRejected && !isIgnored ? pair.refresh : nil
        keptBeside = diskIsFull ? nil : before?.refresh ?? inForce
        let isUnsaved = nextSave != nil && pair.access != nil
        guard isUnsaved || (workingToken != nil && !pair.isExpiryAssumed), !isReplaced else { return }
        save()
    }
}

// MARK: - What follows

extension TokenModel {
    private enum Change {
        case none, unusable, lost
        case replaced(Pair)
    }

    /// What the user did to the file.
    private mutating func change() -> Change {
        guard file?.refresh != known else { return .none }
        known = file?.refresh
        guard let file else { return .lost }
        guard let found = file.refresh else { return .unusable }
        if found == pair.refresh { return .none }
        return usedUp.contains(found) ? .lost : .replaced(file)
    }

    private mutating func carryOutWhatIsDue() {
        settled = nil
        while let time = renewalTime, time <= now { refresh() }
        if pair.access != nil, !isRejected, !isIgnored, let expiry = pair.expiry, expiry <= now, !isExpiryTold {
            isExpiryTold = true
            expiriesTold += 1
        }
    }

    private mutating func refresh() {
        guard let refreshToken = pair.refresh else { return }
        switch request(spending: refreshToken, code: nil) {
        case .failure(let kind): renewalFailed(kind)
        case .grant(let access, let refresh, let seconds):
            usedUp.insert(refreshToken)
            let change = change()
            take(access, refresh, seconds: seconds)
            // What the user put into the file meanwhile is not overwritten.
            if case .replaced(let pair) = change { takeOver(pair) } else { save() }
        }
    }

    private mutating func request(spending refreshToken: String?, code: String?) -> TokenAuthority.Answer {
        spent.append(refreshToken ?? code ?? "")
        return authority.answer(spending: refreshToken)
    }

    private mutating func take(_ access: String, _ refresh: String, seconds: Int) {
        let lifetime = TimeInterval(seconds)
        pair = Pair(access: access, refresh: refresh, expiry: now.addingTimeInterval(lifetime), lifetime: lifetime)
        (isRejected, isIgnored, isExpiryTold, failure, before) = (false, false, false, nil, nil)
    }

    private mutating func renewalFailed(_ kind: NetatmoError.Kind) {
        let tries = (failure?.tries ?? 0) + 1
        // Whatever else it answers, NetAtmo is in trouble, and its refusals before that say nothing.
        let before = kind == .invalidGrant ? failure : nil
        let refusals = (before?.refusals ?? 0) + (kind == .invalidGrant ? 1 : 0)
        let firstRefusal = before?.firstRefusal.map { min($0, now) } ?? (kind == .invalidGrant ? now : nil)
        // Four refusals in a row, and two minutes.
        let verdict = firstRefusal?.addingTimeInterval(120) ?? .afterAnyClock
        if refusals > 3, now >= verdict {
            failure = nil
            if let before = self.before { return fallBack(to: before) }
            isRejected = true
        } else if !isRejected, !isIgnored {
            var next = now.addingTimeInterval(backoff.delay(after: NetatmoError(kind), failures: tries) / .seconds(1))
            if kind == .invalidGrant { next = refusals > 3 ? verdict : now.addingTimeInterval([10, 35, 75][refusals - 1]) }
            failure = Failure(tries: tries, refusals: refusals, firstRefusal: firstRefusal, next: next)
        }
    }

    private mutating func fallBack(to pair: Pair) {
        self.pair = pair
        (before, isExpiryTold) = (nil, false)
        if pair.access != nil { save() }
    }

    private mutating func takeOver(_ file: Pair) {
        if before == nil, pair.refresh != nil, !isRejected, !isIgnored { before = pair }
        use(file, renewExpired: true)
        (nextSave, saveFailures, isExpiryTold) = (nil, 0, false)
    }

    /// Takes what a file holds.
    private mutating func use(_ file: Pair, renewExpired: Bool) {
        (isRejected, isIgnored, failure) = (false, false, nil)
        pair = Pair(access: file.access, refresh: file.refresh)
        guard file.access != nil else { return }
        let isExpired = file.expiry.map { $0 <= now } ?? false
        if isExpired {
            pair.access = nil
            isIgnored = !renewExpired || file.refresh == nil
            ignoredSince = isIgnored ? file.expiry : nil
        } else {
            let expiry = file.expiry ?? now.addingTimeInterval(1)
            (pair.expiry, pair.isExpiryAssumed) = (expiry, file.expiry == nil)
            pair.lifetime = RenewalSchedule.lifetime(ofTokenExpiringAt: expiry, readAt: now)
        }
    }

    private mutating func save() {
        if diskIsFull {
            nextSave = now.addingTimeInterval([1, 2, 4, 8, 16, 32, 60][min(saveFailures, 6)])
            saveFailures += 1
        } else {
            (file, known, nextSave, saveFailures) = (pair, pair.refresh, nil, 0)
        }
    }
}
