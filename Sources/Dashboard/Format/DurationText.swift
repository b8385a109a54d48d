import FoundationEssentials

/// Durations as text, in whole seconds.
enum DurationText {
    /// A countdown: `2:41:07`, `0:00:09`; `0:00:00` from its end on.
    static func countdown(to date: Date, from now: Date) -> String {
        // Rounded up, so that 0:00:00 shows when the time has come and not a second before.
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
    }

    /// A countdown for large digits: `2h41m`, `41m`, and `9:41` in the last ten minutes.
    static func large(to date: Date, from now: Date) -> String {
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        switch seconds {
        case ...600: return "\(seconds / 60):\(padded(seconds % 60))"
        case ..<3600: return "\(seconds / 60)m"
        default: return "\(seconds / 3600)h\(padded(seconds / 60 % 60))m"
        }
    }

    /// A countdown in words: `2 h 31 min`, `31 min`, and `42 s` in the last minute.
    static func rough(to date: Date, from now: Date) -> String {
        let seconds = whole(date.timeIntervalSince(now).rounded(.up))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        default: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }

    /// An age: `0:30`, `1:02:03`, from two days on `3 d`.
    static func age(of date: Date, at now: Date) -> String {
        let seconds = whole(now.timeIntervalSince(date))
        switch seconds {
        case ..<3600: return "\(seconds / 60):\(padded(seconds % 60))"
        case ..<172_800: return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
        default: return "\(seconds / 86_400) d"
        }
    }

    /// A short age in the largest unit: `8s`, `5m`, `3h`, `2d`.
    static func short(since date: Date, at now: Date) -> String {
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
    static func stepped(since date: Date, at now: Date) -> String {
        let seconds = whole(now.timeIntervalSince(date))
        switch seconds {
        case ..<60: return "\(seconds / 5 * 5) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }

    private static func whole(_ seconds: TimeInterval) -> Int {
        Int(max(0, min(seconds, 1e9)))
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
