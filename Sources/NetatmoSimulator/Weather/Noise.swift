/// Repeatable noise: the same seed, channel and position always give the same value, whatever was asked before.
struct Noise: Sendable {
    /// What the noise is for. Each channel has a course of its own.
    enum Channel: UInt64, Sendable {
        case front = 1, hours, minutes, jitter, cloud
        case pressurePhase, pressureDay, pressureHour, pressureJitter
        case humidity, humidityJitter
        case windFront, windHour, windMinutes, gust, direction, directionMinutes, gustDirection
        case rainFront, rainShower, rainMinutes, rainDrop
        case roomHours, roomMinutes, roomJitter, roomHumidity, carbonDioxide, carbonDioxideJitter, loudness, hum
        case radio
    }

    private let seed: UInt64

    init(seed: UInt64, name: String) {
        self.seed = SplitMix64.mix(seed &+ StableHash.of(name))
    }

    /// Evenly spread in `0..<1`.
    func uniform(_ channel: Channel, at index: Int) -> Double {
        let position = UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15
        let bits = SplitMix64.mix(SplitMix64.mix(seed ^ (channel.rawValue << 56)) &+ position)
        return Double(bits >> 11) * 0x1p-53
    }

    /// Evenly spread in `-1..<1`.
    func signed(_ channel: Channel, at index: Int) -> Double {
        uniform(channel, at: index) * 2 - 1
    }

    /// Value noise: a random value in `-1..<1` every `period` seconds, and a smooth way from each to the next.
    func smooth(_ channel: Channel, at time: Int, period: Int) -> Double {
        let index = time.floorDivided(by: period)
        let fraction = Double(time.floorRemainder(by: period)) / Double(period)
        // Smoothstep: flat at both ends, so that the joints don't show.
        let weight = fraction * fraction * (3 - 2 * fraction)
        let from = signed(channel, at: index)
        return from + (signed(channel, at: index + 1) - from) * weight
    }
}
