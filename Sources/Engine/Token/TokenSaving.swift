import EngineAPI
import FoundationEssentials
import OperatingSystem

/// The token file as the keeper knows it: what it holds, whether the token in memory is in it, when a failed write is tried again.
struct TokenSaving: Sendable {
    /// How a write ended.
    enum Outcome: Sendable, Hashable {
        case saved
        case savedAtLast
        /// It is not, for the first time.
        case failed(TokenFileError, next: Date)
        case failedAgain(TokenFileError)
    }

    /// How the proof that a save works ended.
    enum Proof: Sendable, Hashable {
        case works
        case worksAgain
        /// It does not, for the first time.
        case blocked(TokenFileError, next: Date)
        case stillBlocked(TokenFileError)
    }

    /// What another program, or the user, did to the file.
    enum Change: Sendable, Hashable {
        /// Nothing that matters: it holds what is known.
        case none
        /// It holds another refresh token.
        case replaced(TokenAttributes)
        /// Nothing can be taken over from it.
        case problem(TokenFileProblem)
    }

    /// Whether the token in memory is in the file, and whether a new one could be.
    private(set) var status = TokenStatus.Saving.nothing
    private let file: any TokenStorage
    /// Whether a save has worked since the start.
    private var isProven = false
    /// The refresh token that the file holds, as far as is known.
    private var known: Secret?
    /// Its access token.
    private var knownAccess: Secret?
    /// What a write left beside the file that was cut off, and that has not taken the file's name yet.
    private var unfinished: TokenAttributes?
    /// Refresh tokens that were exchanged, the latest last.
    private var usedUp: [Secret] = []
    /// How many saves failed in a row, and how many proofs.
    private var failures = 0
    private var failedProofs = 0
    /// What is kept beside the file, as far as is known.
    private var previous: TokenAttributes?
    /// What should be kept beside the file, and could not.
    private var unkept: TokenAttributes?
    private var remarks: [TokenFileRemark] = []
    private var isInPlaceTold = false

    /// The waits between tries to write, in seconds: a second, doubled each time up to the longest, since until then a crash
    /// loses the account.
    private static let longestWait = 60.0
    /// More than a user has in backups.
    private static let usedUpLimit = 100

    init(_ file: any TokenStorage) {
        self.file = file
    }

    private mutating func read() throws(TokenFileError) -> TokenAttributes? {
        let attributes = try file.read()
        note(stored: attributes?.refreshToken, attributes?.accessToken)
        return attributes
    }

    /// What there is at the start.
    struct Found {
        let file: TokenAttributes?
        /// What a write left behind that was cut off.
        let unfinished: TokenAttributes?
        /// What was kept beside the file for the case that NetAtmo refuses the file's token; `nil` where that is nothing else.
        let previous: TokenAttributes?
    }

    /// Reads all there is at the start. Where the file is damaged, what a write left behind is taken in its place.
    mutating func readAll() throws(TokenFileError) -> Found {
        do throws(TokenFileError) {
            let file = try read()
            return Found(file: file, unfinished: readUnfinished(), previous: readPrevious())
        } catch {
            guard error.cause == .notJSON, let unfinished = readUnfinished() else { throw error }
            return Found(file: nil, unfinished: unfinished, previous: readPrevious())
        }
    }

    /// What lets others get at the file, or stands in its way.
    func placeWarnings() -> [TokenPlaceWarning] { file.placeWarnings() }

    /// What the file holds, where its refresh token is still that one.
    func unchanged(holding refreshToken: Secret?) -> TokenAttributes? {
        guard let attributes = (try? file.read()) ?? nil, attributes.refreshToken == refreshToken, refreshToken == known else { return nil }
        return attributes
    }

    /// What a write left behind that was cut off; `nil` where it is nothing new.
    private func readUnfinished() -> TokenAttributes? {
        guard let attributes = file.readUnfinished(), let found = attributes.refreshToken, found != known else { return nil }
        return attributes
    }

    /// The token in memory is the file's as it was found at the start: it was saved when that last changed, or, by a clock that was set
    /// back since, before now.
    mutating func noteFound(at now: Date) {
        guard let version = (try? file.version()) ?? nil else { return }
        status = .saved(min(now, Date(timeIntervalSince1970: Double(version.modified) / 1e9)))
    }

    /// Takes note of what a write left that was cut off: to finish it is the first thing to be written.
    mutating func noteUnfinished(_ attributes: TokenAttributes) {
        unfinished = attributes
    }

    /// Whether a new pair may be asked for: a save is known to work, or the pair in memory is unsaved already, so that nothing on the
    /// disk can be lost by it.
    var allowsNewPair: Bool {
        if case .failed = status { true } else { isProven }
    }

    /// Whether a save is known not to work, and nothing lies beside the file that has still to get into it.
    var isBlockedWithAllInFile: Bool {
        if case .blocked = status { unfinished == nil } else { false }
    }

    /// When ``prove(at:)`` is due; `nil` where there is nothing to prove.
    var nextProof: Date? {
        guard !allowsNewPair else { return nil }
        if case .blocked(_, let next) = status { return next }
        return .beforeAnyClock
    }

    /// Finds out whether a save works, without changing what is stored.
    mutating func prove(at now: Date) -> Proof {
        let wasBlocked = if case .blocked = status { true } else { false }
        do throws(TokenFileError) {
            if let unkept, let error = keepPrevious(unkept), !error.isOfThePlace { throw error }
            if unfinished == nil { note(try file.prove()) } else { try finish(at: now) }
        } catch {
            let next = nextProof(afterFailureAt: now)
            status = .blocked(error, next: next)
            return wasBlocked ? .stillBlocked(error) : .blocked(error, next: next)
        }
        (isProven, failedProofs) = (true, 0)
        if case .blocked = status { status = .nothing }
        return wasBlocked ? .worksAgain : .works
    }

    /// A proof that the user asked for in between moves the next one no further away.
    private mutating func nextProof(afterFailureAt now: Date) -> Date {
        let furthest = now.addingTimeInterval(Self.longestWait)
        if case .blocked(_, let next) = status, next > now, next <= furthest { return next }
        failedProofs += 1
        return now.addingTimeInterval(Self.wait(after: failedProofs))
    }

    /// Lets what a write left beside the file take the file's name.
    private mutating func finish(at now: Date) throws(TokenFileError) {
        guard let unfinished else { return }
        note(try file.finish())
        note(stored: unfinished.refreshToken, unfinished.accessToken)
        self.unfinished = nil
        status = .saved(now)
    }

    /// What there is to tell of the file, once each.
    mutating func takeRemarks() -> [TokenFileRemark] {
        defer { remarks = [] }
        return remarks
    }

    private mutating func note(_ proof: WriteProof) {
        note(proof.way)
        guard let modes = proof.modes, modes.before & 0o077 != 0 else { return }
        remarks.append(modes.after & 0o077 == 0 ? .narrowed(from: modes.before) : .openToOthers(mode: modes.after))
    }

    private mutating func note(_ way: WriteWay) {
        guard case .inPlace(let reason) = way else { return isInPlaceTold = false }
        if !isInPlaceTold { remarks.append(.inPlace(because: reason)) }
        isInPlaceTold = true
    }

    private mutating func note(stored refreshToken: Secret?, _ accessToken: Secret?) {
        (known, knownAccess) = (refreshToken, accessToken)
    }

    private func readPrevious() -> TokenAttributes? {
        known.flatMap { file.readPrevious(besides: $0) }
    }

    /// Keeps an authorization beside the file; says why where that fails.
    mutating func keepPrevious(_ attributes: TokenAttributes) -> TokenFileError? {
        guard attributes != previous else { return nil }
        do {
            try file.keepPrevious(attributes)
        } catch {
            unkept = attributes
            return error
        }
        (previous, unkept) = (attributes, nil)
        return nil
    }

    /// Keeps it no longer, where the file holds the refresh token that is in force.
    mutating func forgetPrevious(whereFileHolds refreshToken: Secret?) {
        guard let refreshToken, refreshToken == known else { return }
        unkept = nil
        guard previous != nil else { return }
        if case .failed = status { return }
        file.forgetPrevious()
        previous = nil
    }

    mutating func save(_ token: Token, at now: Date) -> Outcome {
        do throws(TokenFileError) {
            // A write begins by taking away what an earlier one left, which is on no other disk until it is finished.
            try finish(at: now)
            note(try file.write(token))
        } catch {
            return noteFailure(error, of: token, at: now)
        }
        defer { failures = 0 }
        note(stored: token.refreshToken, token.accessToken)
        (isProven, failedProofs, status) = (true, 0, .saved(now))
        return failures == 0 ? .saved : .savedAtLast
    }

    private mutating func noteFailure(_ error: TokenFileError, of token: Token, at now: Date) -> Outcome {
        failures += 1
        let next = now.addingTimeInterval(Self.wait(after: failures))
        // Nothing is lost by a failure to write what is there already.
        if !isStored(token) { status = .failed(error, next: next) }
        return failures == 1 ? .failed(error, next: next) : .failedAgain(error)
    }

    /// Whether it is in the file, or beside it and going to be.
    private func isStored(_ token: Token) -> Bool {
        [(known, knownAccess), (unfinished?.refreshToken, unfinished?.accessToken)].contains {
            $0 == token.refreshToken && $1 == token.accessToken
        }
    }

    /// In seconds, until the next try.
    private static func wait(after failures: Int) -> TimeInterval {
        min(longestWait, Double(1 << min(failures - 1, 10)))
    }

    /// There will be no other try.
    mutating func giveUp() {
        guard case .failed(let error, _) = status else { return }
        status = .failed(error, next: .afterAnyClock)
    }

    /// A refresh token was exchanged for another one, and is good for nothing from now on.
    mutating func noteUsedUp(_ refreshToken: Secret) {
        usedUp.append(refreshToken)
        usedUp.removeFirst(max(0, usedUp.count - Self.usedUpLimit))
    }

    /// The file's token is the one in memory from now on.
    mutating func noteTakenOver(_ attributes: TokenAttributes) {
        note(stored: attributes.refreshToken, attributes.accessToken)
        unfinished = nil
        status = .nothing
        (failures, failedProofs) = (0, 0)
    }

    /// Looks at what the file holds now.
    ///
    /// - Parameter current: The refresh token in memory, which may not have reached the file.
    mutating func change(besides current: Secret?) -> Change {
        let attributes: TokenAttributes?
        do {
            attributes = try file.read()
        } catch {
            return .problem(.unusable(error))
        }
        let found = attributes?.refreshToken
        guard found != known else { return .none }
        note(stored: found, attributes?.accessToken)
        guard let attributes else { return .problem(.gone) }
        guard let found else { return .problem(.withoutRefreshToken) }
        if found == current { return .none }
        return usedUp.contains(found) ? .problem(.usedUp) : .replaced(attributes)
    }
}
