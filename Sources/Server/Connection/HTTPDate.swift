import FoundationEssentials
import OperatingSystem

/// A time as the header `Date` has it (RFC 9110, section 5.6.7): `Mon, 23 Nov 2026 17:18:05 GMT`.
///
/// Written by hand: FoundationEssentials' format of it uses a calendar, which takes a millisecond of the start, and Hummingbird's is
/// not public.
enum HTTPDate {
    /// - Parameter second: Whole seconds since 1970. A time outside the years 1 to 9999 is the nearest in them, as they have four
    ///   digits.
    static func text(second: TimeInterval) -> String {
        let second = min(max(second, -62_135_596_800), 253_402_300_799)
        // `2026-11-23T17:18:05Z`: the same parts in another order.
        let parts = RFC3339.text(Date(timeIntervalSince1970: second)).split { "-T:Z".contains($0) }
        guard parts.count == 6, let month = Int(parts[1]), months.indices.contains(month - 1) else { return "" }
        let day = days[(Int((second / 86_400).rounded(.down)) % 7 + 7) % 7]
        return "\(day), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    /// From the first day of 1970 on, and back.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
