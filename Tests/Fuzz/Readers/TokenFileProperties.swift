import FoundationEssentials

@testable import Engine
@testable import EngineAPI

/// A token file that can be read can be written, and what is written is read the same: a token that came in is never lost.
enum TokenFileProperties {
    /// 23 November 2026, 20:17:52 UTC.
    private static let now = Date(timeIntervalSince1970: 1_795_465_072)

    /// The times that have a written form of their own: what is earlier is Go's zero time, what is later its last.
    private static let writable = Date(timeIntervalSince1970: -62_135_596_799)...Date(timeIntervalSince1970: 253_402_300_799)

    static func check(_ bytes: [UInt8]) throws(Violation) {
        let attributes: TokenAttributes
        do throws(TokenFileError.Cause) {
            attributes = try TokenAttributes(json: bytes)
        } catch {
            return try requireOneLine(TokenFileError(path: "token.json", cause: error).description)
        }
        try checkWriting(attributes)
        let (stored, warnings) = StoredToken.interpret(attributes, at: now)
        for warning in warnings { try requireOneLine(warning.description) }
        try checkMeaning(stored, of: attributes)
        if case .usable(let token) = stored { try checkWriting(TokenAttributes(token)) }
    }

    private static func checkWriting(_ attributes: TokenAttributes) throws(Violation) {
        guard attributes.expiry.map({ writable.contains($0) }) ?? true else { return }
        let written: [UInt8]
        let read: TokenAttributes
        let again: [UInt8]
        do throws(TokenFileError.Cause) {
            written = try attributes.json()
            read = try TokenAttributes(json: written)
            again = try read.json()
        } catch {
            throw Violation(description: "what was read can't be written and read again: \(error)")
        }
        // A century from today a `Date` is no longer exact to the microsecond.
        let isExact = attributes.expiry.map { abs($0.timeIntervalSince(now)) < 3e9 } ?? true
        try require(again == written || !isExact, "what was read is written in another way")
        try require(read.accessToken == attributes.accessToken, "the access token changed")
        try require(read.refreshToken == attributes.refreshToken, "the refresh token changed")
        try require(read.other == attributes.other, "an unknown attribute changed: \(read.other), was \(attributes.other)")
        try require(isSame(read.expiry, attributes.expiry), "the expiry changed")
    }

    private static func checkMeaning(_ stored: StoredToken, of attributes: TokenAttributes) throws(Violation) {
        switch stored {
        case .none:
            try require(attributes.accessToken == nil && attributes.refreshToken == nil, "a token was overlooked")
        case .refreshable(let refreshToken):
            try require(attributes.accessToken == nil && attributes.refreshToken == refreshToken, "another refresh token")
        case .expired(let since, let refreshToken):
            try require(since <= now && attributes.refreshToken == refreshToken, "expired in the future")
        case .usable(let token):
            let holdsBoth = token.accessToken == attributes.accessToken && token.refreshToken == attributes.refreshToken
            try require(
                holdsBoth && (token.expiry.map { $0 > now } ?? (token.refreshToken == nil)) && token.otherAttributes == attributes.other,
                "another token")
        }
    }

    /// The microsecond that is written, and what a `Date` can tell apart far from today.
    private static func isSame(_ one: Date?, _ other: Date?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return abs(one.timeIntervalSince(other)) < max(0.000_001, one.timeIntervalSince1970.ulp * 2)
    }
}
