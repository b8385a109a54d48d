import FoundationEssentials
import NIOCore
import PrometheusMetrics
import Synchronization
import OperatingSystem

/// What a scrape is answered with.
struct ScrapeAnswer: Sendable {
    /// The header, but for what belongs to the connection.
    let fields: [(name: String, value: String)]
    /// The text, in pieces that follow each other.
    let body: [ByteBuffer]
}

/// Answers scrapes in the format and the encoding that they ask for.
final class ScrapeResponder: Sendable {
    private let page: MetricsPage
    private let clock: any WallClock
    /// `Date` of an answer, which changes once a second.
    private let date = Mutex<(second: TimeInterval, text: String)>((.nan, ""))

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
        let length = body.map(\.readableBytes).reduce(0, +)
        let fields = [
            ("Content-Type", format.contentType), ("Content-Length", "\(length)"), ("Date", httpDate(now)),
            ("Vary", "Accept, Accept-Encoding"),
        ]
        return ScrapeAnswer(fields: fields + PageHeaders.all + (isGzipped ? [("Content-Encoding", "gzip")] : []), body: body)
    }

    private func httpDate(_ now: Date) -> String {
        let second = now.timeIntervalSince1970.rounded(.down)
        return date.withLock { date in
            if date.second != second { date = (second, LocalTime.httpDate(now)) }
            return date.text
        }
    }
}
