import FoundationEssentials
import Netatmo

/// The token file as the keeper knows it: what it holds, whether the token in memory is in it, when a failed write is tried again.
struct TokenSaving: Sendable {
    /// How a write ended.
    enum Outcome: Sendable, Hashable {
        /// It is on the disk.
        case saved
        /// It is on the disk, after that had failed.
        case savedAtLast
        /// It is not, for the first time.
        case failed(TokenFileError, next: Date)
        /// It still is not.
        case failedAgain
    }

    /// What somebody else did to the file.
    enum Change: Sendable, Hashable {
        /// Nothing that matters: it holds what is known.
        case none
        /// It holds another refresh token.
        case replaced(TokenAttributes)
        /// Nothing can be taken over from it.
        case problem(TokenFileProblem)
    }

    /// Whether the token in memory is in the file.
    private(set) var status = TokenStatus.Saving.nothing
    private let file: any TokenStorage
    /// The refresh token that the file holds, as far as is known.
    private var known: Secret?
    /// Refresh tokens that were exchanged, the latest last.
    private var usedUp: [Secret] = []
    private var failures = 0
    /// What is kept beside the file, as far as is known.
    private var previous: TokenAttributes?

    /// The waits between tries to write, in seconds: a second, doubled each time up to the longest, since until then a crash
    /// loses the account.
    private static let longestWait = 60.0
    /// More than anybody has in backups.
    private static let usedUpLimit = 100

    init(_ file: any TokenStorage) {
        self.file = file
    }

    /// Reads the file at the start.
    mutating func read() throws(TokenFileError) -> TokenAttributes? {
        let attributes = try file.read()
        known = attributes?.refreshToken
        return attributes
    }

    /// What lets others get at the file, or stands in its way.
    func placeWarnings() -> [TokenPlaceWarning] { file.placeWarnings() }

    /// What the file holds, where its refresh token is still that one.
    func unchanged(holding refreshToken: Secret?) -> TokenAttributes? {
        guard let attributes = (try? file.read()) ?? nil, attributes.refreshToken == refreshToken, refreshToken == known else { return nil }
        return attributes
    }

    /// What a write left behind that was cut off; `nil` where it is nothing new.
    func readUnfinished() -> TokenAttributes? {
        guard let attributes = file.readUnfinished(), let found = attributes.refreshToken, found != known else { return nil }
        return attributes
    }

    /// Finishes the write that was cut off, which left these attributes.
    mutating func finish(_ attributes: TokenAttributes, at now: Date) -> Outcome {
        do {
            try file.finish()
        } catch {
            return noteFailure(error, at: now)
        }
        return noteSuccess(attributes.refreshToken, at: now)
    }

    /// What was kept beside the file for the case that NetAtmo refuses the file's token; `nil` where that is nothing else.
    func readPrevious() -> TokenAttributes? {
        known.flatMap { file.readPrevious(besides: $0) }
    }

    /// Keeps an authorization beside the file; says why where that fails.
    mutating func keepPrevious(_ attributes: TokenAttributes) -> TokenFileError? {
        guard attributes != previous else { return nil }
        do {
            try file.keepPrevious(attributes)
        } catch {
            return error
        }
        previous = attributes
        return nil
    }

    /// Keeps it no longer, where the file holds the refresh token that is in force.
    mutating func forgetPrevious(whereFileHolds refreshToken: Secret?) {
        guard previous != nil, let refreshToken, refreshToken == known else { return }
        if case .failed = status { return }
        file.forgetPrevious()
        previous = nil
    }

    /// Writes a token.
    mutating func save(_ token: Token, at now: Date) -> Outcome {
        do {
            try file.write(token)
        } catch {
            return noteFailure(error, at: now)
        }
        return noteSuccess(token.refreshToken, at: now)
    }

    private mutating func noteSuccess(_ refreshToken: Secret?, at now: Date) -> Outcome {
        defer { failures = 0 }
        known = refreshToken
        status = .saved(now)
        return failures == 0 ? .saved : .savedAtLast
    }

    private mutating func noteFailure(_ error: TokenFileError, at now: Date) -> Outcome {
        failures += 1
        let next = now.addingTimeInterval(min(Self.longestWait, Double(1 << min(failures - 1, 10))))
        status = .failed(error, next: next)
        return failures == 1 ? .failed(error, next: next) : .failedAgain
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
        known = attributes.refreshToken
        status = .nothing
        failures = 0
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
        known = found
        guard let attributes else { return .problem(.gone) }
        guard let found else { return .problem(.withoutRefreshToken) }
        if found == current { return .none }
        return usedUp.contains(found) ? .problem(.usedUp) : .replaced(attributes)
    }
}
