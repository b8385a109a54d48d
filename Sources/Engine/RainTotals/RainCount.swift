import FoundationEssentials
import Homes

/// What a rain gauge measured since it is counted.
struct RainCount: Sendable, Hashable {
    /// The gauge's id.
    let gauge: String
    /// In thousandths of a millimetre, the finest that NetAtmo sends: the sum of whole numbers does not drift.
    private(set) var micrometers: Int
    /// The time of the last step that is counted; of a gauge just begun with, of the last one that is not.
    private(set) var lastStep: Date

    /// Begins with what comes behind a step.
    init(gauge: String, after step: Date) {
        self.gauge = gauge
        micrometers = 0
        lastStep = step
    }

    /// Counts the steps that come behind the last one counted, each once.
    ///
    /// NetAtmo gives a gauge's steps in the order of their times, also those that a gauge out of reach delivers later. So what comes
    /// behind a step comes later; a step without a value is passed over once one with a value follows.
    ///
    /// - Parameters:
    ///   - steps: By rising time.
    ///   - latest: No step is later; one that claims to be is none.
    mutating func add(_ steps: [MeasureHistory.Point], until latest: Date) {
        for step in steps where step.time > lastStep && step.time <= latest {
            guard let value = step.value, value >= 0 else { continue }
            micrometers = min(micrometers + Int((value * 1000).rounded()), Self.most)
            lastStep = step.time
        }
    }

    /// Of a gauge that measures the record of a day's rain each day for a thousand years.
    private static let most = 1 << 50
}

extension RainCount: Codable {
    private enum Key: String, CodingKey {
        case gauge, micrometers, lastStep
    }

    private enum Damage: Error {
        case number
    }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(gauge, forKey: .gauge)
        try json.encode(micrometers, forKey: .micrometers)
        try json.encode(Int(lastStep.timeIntervalSince1970), forKey: .lastStep)
    }

    init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        gauge = try json.decode(String.self, forKey: .gauge)
        micrometers = try json.decode(Int.self, forKey: .micrometers)
        let seconds = try json.decode(Int.self, forKey: .lastStep)
        guard 0...Self.most ~= micrometers, 1...Int(UInt32.max) ~= seconds else { throw Damage.number }
        lastStep = Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}
