import FoundationEssentials
import Homes

// All but the homes, which stand beside it in the report.

extension EnergyReadings {
    var json: StatusObject {
        [.isUp: isUp, .isRefused: isRefused, .fetchedAt: fetchedAt, .nextFetch: nextFetch, .lastAttempt: lastAttempt]
    }

    init(_ json: KeyedDecodingContainer<StatusKey>, homes: [EnergyHome]) throws {
        self.init()
        fetchedAt = try json.optional(.fetchedAt)
        lastAttempt = try json.optional(.lastAttempt)
        nextFetch = try json.optional(.nextFetch)
        isRefused = try json.required(.isRefused)
        take(homes)
    }

    /// An initialiser changes its own values without telling them that they changed.
    private mutating func take(_ homes: [EnergyHome]) {
        self.homes = homes
    }
}
