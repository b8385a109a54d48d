package import FoundationEssentials
package import OperatingSystem

/// Ties the form of the home page to the browser that it was sent to, against CSRF: a token in the form, a cookie beside it. Another site
/// can have a browser send the form, but knows no token that goes with that browser's cookie.
package struct FormTokens {
    /// What a page is sent with.
    package struct Pair: Sendable, Hashable {
        package let cookie: Secret
        package let token: Secret
    }

    /// How long a pair is good, in seconds: as long as a user may leave the page open.
    package static let lifetime: TimeInterval = 86_400
    /// How many are kept; the oldest makes room, and its page has to be loaded again.
    private static let capacity = 256

    private var issued: [(pair: Pair, times: Range<Date>)] = []

    /// The pair of a browser that holds these cookies, or a new one.
    package mutating func pair(for cookies: [Secret], bytes: (Int) -> [UInt8], at now: Date) -> Pair? {
        issued.removeAll { !$0.times.contains(now) }
        if let known = issued.first(where: { cookies.contains($0.pair.cookie) }) { return known.pair }
        guard let cookie = Secret(base64URL(bytes(16))), let token = Secret(base64URL(bytes(16))) else { return nil }
        if issued.count >= Self.capacity { issued.removeFirst() }
        let pair = Pair(cookie: cookie, token: token)
        issued.append((pair, now..<now.addingTimeInterval(Self.lifetime)))
        return pair
    }

    /// Whether a form's token goes with one of the browser's cookies.
    package func accepts(_ token: Secret, cookies: [Secret], at now: Date) -> Bool {
        issued.contains { entry in
            entry.times.contains(now) && entry.pair.token.isEqualInConstantTime(to: token)
                && cookies.contains { $0.isEqualInConstantTime(to: entry.pair.cookie) }
        }
    }
}
