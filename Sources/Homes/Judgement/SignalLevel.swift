extension Device {
    /// How well a device is heard, in four steps, by Wi-Fi and by radio alike.
    package enum SignalLevel: Int, Sendable, Hashable, CaseIterable, Comparable {
        /// About to be lost.
        case bad
        /// With losses.
        case average
        case good, veryGood

        /// Worse levels come first.
        package static func < (left: SignalLevel, right: SignalLevel) -> Bool { left.rawValue < right.rawValue }
    }

    /// How well the device is heard; `nil` where it is not, or nothing is known of it. What NetAtmo then sends is what it heard
    /// last, however long ago.
    package var signalLevel: SignalLevel? {
        isReachable ? signal?.level : nil
    }
}

extension Device.Signal {
    /// The step that the number stands for, by ``Thresholds``.
    package var level: Device.SignalLevel {
        let least =
            switch self {
            case .wifi: Thresholds.wifi
            case .radio: Thresholds.radio
            }
        return Device.SignalLevel(rawValue: least.count { number < $0 }) ?? .bad
    }

    /// NetAtmo's number; the lower, the better.
    package var number: Int {
        switch self {
        case .wifi(let number), .radio(let number): number
        }
    }
}
