import FoundationEssentials

@testable import Netatmo

/// How long NetAtmo asks to wait is between nothing and an hour, whatever stands in its headers.
enum RetryAfterProperties {
    /// 23 November 2026, 20:17:52 UTC.
    private static let now = Date(timeIntervalSince1970: 1_795_465_072)

    /// - Parameter bytes: The value of `Retry-After`, and behind a line feed that of `Date`.
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let wait = RetryAfter.duration(lines.first ?? "", answeredAt: lines.count > 1 ? lines[1] : nil, now: now)
        try require(wait.map { (.zero ... .seconds(3600)).contains($0) } ?? true, "a wait of \(wait ?? .zero)")
    }
}
