package import FoundationEssentials
package import OperatingSystem

/// Random texts that are good once (nonces), and for 10 minutes.
package struct OneTimeSecrets {
    /// Who may use a secret.
    package enum Bearer: Sendable, Hashable {
        /// Any browser that brings it.
        case anybody
        /// The browser that holds this cookie, for a name of this exporter.
        case browser(cookie: Secret, authority: LoopbackAuthority)
    }

    /// What happens where there are as many as are kept.
    package enum Overflow: Sendable {
        /// The oldest makes room.
        case dropsOldest
        /// There is none for a new one.
        case refuses
    }

    /// How long one is good, in seconds.
    package static let lifetime: TimeInterval = 600
    /// How many are kept.
    private static let capacity = 64

    private let overflow: Overflow
    private var issued: [(secret: Secret, bearer: Bearer, times: Range<Date>)] = []

    package init(overflow: Overflow = .dropsOldest) {
        self.overflow = overflow
    }

    /// Whether there is room for one of a browser that has none.
    package func hasRoom(at now: Date) -> Bool {
        switch overflow {
        case .dropsOldest: true
        case .refuses: issued.count { $0.times.contains(now) } < Self.capacity
        }
    }

    /// Makes one of random bytes, in place of the one that the same browser had; `nil` where there is no room for it.
    package mutating func issue(bytes: [UInt8], to bearer: Bearer = .anybody, at now: Date) -> Secret? {
        issued.removeAll { !$0.times.contains(now) || ($0.bearer.cookie != nil && $0.bearer.cookie == bearer.cookie) }
        guard hasRoom(at: now) else { return nil }
        if issued.count >= Self.capacity { issued.removeFirst() }
        guard let secret = Secret(base64URL(bytes)) else { return nil }
        // A clock that is set back makes it no better.
        issued.append((secret, bearer, now..<now.addingTimeInterval(Self.lifetime)))
        return secret
    }

    /// Takes one back. False, and nothing changes, where it is none of ours, was used, is too old, or belongs to another browser.
    ///
    /// - Parameter cookies: What the browser holds; empty where there is no browser.
    package mutating func redeem(_ secret: Secret, cookies: [Secret] = [], at now: Date) -> Bool {
        guard let index = issued.firstIndex(where: { $0.secret.isEqualInConstantTime(to: secret) }), issued[index].times.contains(now)
        else { return false }
        if let cookie = issued[index].bearer.cookie, !cookies.contains(where: { cookie.isEqualInConstantTime(to: $0) }) { return false }
        issued.remove(at: index)
        return true
    }

    /// Who may use one; `nil` where it can't be taken back.
    package func bearer(of secret: Secret, at now: Date) -> Bearer? {
        issued.first { $0.secret.isEqualInConstantTime(to: secret) && $0.times.contains(now) }?.bearer
    }

    /// Which of a browser's cookies one belongs to; `nil` where that is none.
    package func cookie(among cookies: [Secret], at now: Date) -> Secret? {
        issued.lazy.filter { $0.times.contains(now) }.compactMap(\.bearer.cookie).first { own in
            cookies.contains { own.isEqualInConstantTime(to: $0) }
        }
    }

    package mutating func removeAll() {
        issued = []
    }
}

extension OneTimeSecrets.Bearer {
    fileprivate var cookie: Secret? {
        switch self {
        case .anybody: nil
        case .browser(let cookie, _): cookie
        }
    }
}

extension Secret {
    /// Compares without telling by its time how much of a guess was right.
    package func isEqualInConstantTime(to other: Secret) -> Bool {
        let (one, other) = (Array(reveal().utf8), Array(other.reveal().utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Base64 of RFC 4648, section 5, without padding: safe in an address and in a cookie.
package func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
}
