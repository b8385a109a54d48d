package import FoundationEssentials

/// Durations as text, in whole seconds, never below zero.
package enum DurationText {
    /// A countdown: `2:41:07`, `0:00:09`; `0:00:00` from its end on.
    package static func countdown(to date: Date, from now: Date) -> String {
        // Rounded up, so that 0:00:00 shows when the time has come and not a second before.
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
    }

    /// A countdown for large digits: `2h41m`, `41m`, and `9:41` in the last ten minutes.
    package static func large(to date: Date, from now: Date) -> String {
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        switch seconds {
        case ...600: return "\(seconds / 60):\(padded(seconds % 60))"
        case ..<3600: return "\(seconds / 60)m"
        default: return "\(seconds / 3600)h\(padded(seconds / 60 % 60))m"
        }
    }

    /// A countdown in words: `2 h 31 min`, `31 min`, and `42 s` in the last minute.
    package static func rough(to date: Date, from now: Date) -> String {
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        default: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }

    /// An age: `0:30`, `1:02:03`, from two days on `3 d`.
    package static func age(of date: Date, at now: Date) -> String {
        let seconds = whole(now.timeIntervalSince(date))
        switch seconds {
        case ..<3600: return "\(seconds / 60):\(padded(seconds % 60))"
        case ..<172_800: return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
        default: return "\(seconds / 86_400) d"
        }
    }

    /// A short age in the largest unit: `8s`, `5m`, `3h`, `2d`.
    package static func short(since date: Date, at now: Date) -> String {
        let seconds = whole(now.timeIntervalSince(date))
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<172_800: return "\(seconds / 3600)h"
        default: return "\(seconds / 86_400)d"
        }
    }

    /// An age beside many others: `35 s` in steps of five, then `12 min`, `3 h`, `2 d`. What changes each second costs the terminal
    /// most, and a reading is ten minutes old before there is a newer one.
    package static func stepped(since date: Date, at now: Date) -> String {
        let seconds = whole(now.timeIntervalSince(date))
        switch seconds {
        case ..<60: return "\(seconds / 5 * 5) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }

    /// How long it is from one time to another, in words: `30 s`, `8 min`, `2 h 41 min`, from two days on `3 days`.
    package static func words(from start: Date, to end: Date) -> String {
        let seconds = whole(end.timeIntervalSince(start))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: return "\(seconds / 86_400) days"
        }
    }

    /// A duration as the options take it: `1h`, `8m`, `1h15m`, `30s`.
    package static func option(_ duration: Duration) -> String {
        // Not divided by a second: 3601 s come to a little less.
        let seconds = max(0, duration.components.seconds)
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }

    private static func whole(_ seconds: TimeInterval) -> Int {
        Int(max(0, min(seconds, 1e9)))
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
