import FoundationEssentials
import NIOCore

/// The texts of `/metrics` that are kept, and which of them a scrape may have.
struct KeptMetrics: Sendable {
    /// The series of the devices.
    struct Sensors: Sendable {
        let text: SensorText
        /// Of the readings.
        let version: Int
        /// The text compressed, and the same behind the header of gzip, once a scrape asked for it so.
        private(set) var compressed: (deflated: DeflatedText, head: ByteBuffer)?

        /// Takes long for thousands of devices. Nothing comes of it where zlib has no memory left.
        mutating func compress() {
            compressed = compressed ?? DeflatedText(text.text, as: .first).map { ($0, $0.head) }
        }
    }

    /// The counters of rain and the series about the exporter.
    struct Engine: Sendable {
        let text: ByteBuffer
        let version: Int
        /// Of the readings that the gauges are of.
        let sensorsVersion: Int
        let times: Range<Date>
        /// With the series of the devices before it, as it is and compressed.
        var whole: Whole?
        var compressed: Whole?
    }

    /// A whole text, in pieces that follow each other.
    struct Whole: Sendable {
        let pieces: [ByteBuffer]
        /// Of the series of the devices in it.
        let version: Int
        let start: Date

        /// A short one becomes one piece: to write several costs more than to put them together once.
        init(_ pieces: [ByteBuffer], _ sensors: Sensors) {
            let isShort = pieces.reduce(0) { $0 + $1.readableBytes } <= Self.longestPiece
            self.pieces = isShort ? [pieces.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }] : pieces
            version = sensors.version
            start = sensors.text.validity.lowerBound
        }

        /// In bytes; some twenty modules.
        private static let longestPiece = 64 << 10

        func begins(with sensors: Sensors) -> Bool {
            version == sensors.version && start == sensors.text.validity.lowerBound
        }
    }

    /// How long before a device turns stale the text without it is made: Prometheus scrapes once a minute unless told otherwise, and
    /// a scrape has it made.
    static let lead: TimeInterval = 120

    /// For now, and for when a device of those will have turned stale.
    private var sensors: [Sensors] = []
    var engines: [MetricsFormat: Engine] = [:]
    var isGzipWanted = false

    func sensors(ofVersion version: Int, at now: Date) -> Sensors? {
        sensors.first { $0.version == version && $0.text.validity.contains(now) }
    }

    /// For which time series of the devices have to be made, so that scrapes need not wait for them; `nil` where all are there, or
    /// nothing was scraped so far.
    func timeToMake(version: Int, at now: Date) -> Date? {
        guard !sensors.isEmpty else { return nil }
        guard let current = sensors(ofVersion: version, at: now) else { return now }
        let end = current.text.validity.upperBound
        return end.timeIntervalSince(now) <= Self.lead && sensors(ofVersion: version, at: end) == nil ? end : nil
    }

    mutating func keep(_ new: Sensors) {
        // Newer readings may have been faster.
        guard sensors.allSatisfy({ $0.version <= new.version }) else { return }
        let others = sensors.filter { $0.version == new.version && !$0.text.validity.overlaps(new.text.validity) }
        // The latest in time: one of before the current one may have been kept again after that was made ahead.
        sensors = [others.max { $0.text.validity.lowerBound < $1.text.validity.lowerBound }, new].compactMap(\.self)
    }
}
