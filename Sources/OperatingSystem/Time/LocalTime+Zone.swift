package import FoundationEssentials
import Glibc
import Synchronization

extension LocalTime {
    /// The clocks of a zone by its name in the time zone database, such as `Europe/Oslo`; `nil` where this machine knows no such zone.
    ///
    /// The first call of a zone reads its file, two kilobytes; later ones read nothing, so that who draws may ask for it.
    package static func zone(_ name: String) -> LocalTime? {
        known.withLock { known in
            if let zone = known[name] { return zone }
            // What comes from elsewhere must not fill the memory.
            guard known.count < mostZones else { return nil }
            let zone = rules(ofZone: name).map(LocalTime.init)
            known[name] = .some(zone)
            return zone
        }
    }

    private static let known = Mutex<[String: LocalTime?]>([:])
    private static let mostZones = 64
    private static let directory = "/usr/share/zoneinfo/"

    private static func rules(ofZone name: String) -> ZoneRules? {
        let letters = name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789_+-/".unicodeScalars.contains($0))
        }
        guard letters, 1...64 ~= name.utf8.count, name.first != "/" else { return nil }
        let bytes = try? LocalFileSystem().contents(of: directory + name, limit: ZoneRules.longestFile)
        return bytes.flatMap { $0 }.flatMap(ZoneRules.init)
    }

    init(_ rules: ZoneRules) {
        self.init(following: {}) { date in
            let offset = rules.offset(at: date)
            var seconds = time_t(clamping: date.timeIntervalSince1970 + Double(offset))
            var parts = tm()
            gmtime_r(&seconds, &parts)
            parts.tm_gmtoff = offset
            return parts
        }
    }

    /// Minutes since Monday 00:00 by the clock on the wall, 0 to 10,079.
    package func minuteOfWeek(_ date: Date) -> Int {
        let parts = parts(date)
        // Sunday is day 0 there.
        return (Int(parts.tm_wday) + 6) % 7 * 1440 + Int(parts.tm_hour) * 60 + Int(parts.tm_min)
    }
}
