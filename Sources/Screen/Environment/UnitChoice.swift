import Homes

/// Which units the screen shows values in.
enum UnitChoice: String, Sendable, Hashable, CaseIterable {
    /// Those that the NetAtmo account's user chose there.
    case account
    case metric
    case imperial

    /// The one that the next key press leads to.
    var next: UnitChoice { Self.allCases.element(1, from: self) }

    /// The units, where the account's are those; metric until NetAtmo told them.
    func units(ofAccount preferences: Units?) -> Units {
        switch self {
        case .account: preferences ?? .metric
        case .metric: .metric
        case .imperial: .imperial
        }
    }

    func source(ofAccount preferences: Units?) -> String {
        switch self {
        case .account: preferences == nil ? "NetAtmo's, which did not name any yet" : "as chosen at NetAtmo"
        case .metric: "metric"
        case .imperial: "imperial"
        }
    }
}
