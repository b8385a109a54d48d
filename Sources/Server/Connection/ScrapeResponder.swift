import FoundationEssentials
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Synchronization
import OperatingSystem

/// What a scrape is answered with.
struct ScrapeAnswer: Sendable {
    /// The header, but for what belongs to the connection.
    let headers: HTTPHeaders
    /// The text, in pieces that follow each other.
    let body: [ByteBuffer]
}

/// Answers scrapes in the format and the encoding that they ask for.
final class ScrapeResponder: Sendable {
    /// What the header of an answer depends on, but for its second.
    private struct Kind: Hashable {
        let format: MetricsFormat
        let isGzipped: Bool
        let length: Int
    }

    private let page: MetricsPage
    private let clock: any WallClock
    /// The headers of the answers of a second, in which `Date` stays the same.
    private let headers = Mutex<(second: TimeInterval, ofKinds: [Kind: HTTPHeaders])>((.nan, [:]))

    init(page: MetricsPage, clock: any WallClock) {
        self.page = page
        self.clock = clock
    }

    /// - Returns: `nil` where the text is not there yet, and takes longer than an event loop has: see ``answer(accept:acceptEncoding:)``.
    func keptAnswer(accept: String?, acceptEncoding: String?) -> ScrapeAnswer? {
        let (format, now) = (MetricsFormat(accept: accept), clock.now)
        return AcceptEncoding(acceptEncoding).allowsGzip
            ? page.keptGzippedText(format, at: now).map { answer($0, format, isGzipped: true, at: now) }
            : page.keptText(format, at: now).map { answer($0, format, isGzipped: false, at: now) }
    }

    /// The same, once the text is there.
    func answer(accept: String?, acceptEncoding: String?) async -> ScrapeAnswer {
        await page.onQueue {
            let (format, now) = (MetricsFormat(accept: accept), clock.now)
            if AcceptEncoding(acceptEncoding).allowsGzip, let text = page.gzippedText(format, at: now) {
                return answer(text, format, isGzipped: true, at: now)
            }
            return answer(page.text(format, at: now), format, isGzipped: false, at: now)
        }
    }

    private func answer(_ body: [ByteBuffer], _ format: MetricsFormat, isGzipped: Bool, at now: Date) -> ScrapeAnswer {
        let kind = Kind(format: format, isGzipped: isGzipped, length: body.map(\.readableBytes).reduce(0, +))
        let second = now.timeIntervalSince1970.rounded(.down)
        let headers = headers.withLock { headers in
            if headers.second != second { headers = (second, [:]) }
            if let known = headers.ofKinds[kind] { return known }
            let new = Self.headers(kind, date: LocalTime.httpDate(now))
            headers.ofKinds[kind] = new
            return new
        }
        return ScrapeAnswer(headers: headers, body: body)
    }

    private static func headers(_ kind: Kind, date: String) -> HTTPHeaders {
        let fields = [
            ("Content-Type", kind.format.contentType), ("Content-Length", "\(kind.length)"), ("Date", date),
            ("Vary", "Accept, Accept-Encoding"),
        ]
        let encoding = kind.isGzipped ? [("Content-Encoding", "gzip")] : []
        return HTTPHeaders(fields + PageHeaders.all.map { ($0.name, $0.value) } + encoding)
    }
}
