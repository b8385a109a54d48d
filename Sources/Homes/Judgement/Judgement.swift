/// What is to be thought of a device at a time: the one that every reader asks.
///
/// Stale readings are told as stale and not judged: a user can't act on air that was bad yesterday.
package struct Judgement: Sendable {
    private let device: Device
    /// Whether its readings are too old to be believed, or have no time. So are those of a device that has none.
    package let isStale: Bool

    package init(of device: Device, _ freshness: Freshness) {
        self.device = device
        isStale = freshness.isStale(device)
    }

    /// What is to be thought of a measured value; `nil` where it is not judged, since it is stale.
    package func verdict(of measure: Measure) -> Verdict? {
        isStale ? nil : device.verdict(of: measure)
    }

    /// The verdict in a word, for readers who see neither colours nor marks; `nil` where there is none, or it needs none: see
    /// ``Device/verdictWord(of:)``.
    package func word(of measure: Measure) -> String? {
        isStale ? nil : device.verdictWord(of: measure)
    }
}
