/// What the homes of an account could hold at worst, as ``HostileAccount`` has it for stations.
///
/// Homes with a plain name say in it what is wrong with them. Each has an answer of `homestatus` as bad as itself.
enum HostileHomes {
    struct Home {
        let data: JSON
        /// `body` of its `homestatus`.
        let status: JSON
    }

    /// `homes` of `homesdata`.
    /// - Parameter now: Unix seconds.
    static func homes(now: Int) -> JSON {
        let noHomes: [JSON] = [nil, 42, "a home that is text", ["a", "home"], [:], ["name": "No ID"], ["id": nil, "name": "ID is null"]]
        return .array(all(now: now).map(\.data) + noHomes)
    }

    /// `body` of `homestatus`: that of the home, empty for any other.
    static func status(ofHome id: String, now: Int) -> JSON {
        all(now: now).first { $0.data["id"] == .text(id) || $0.data["id"] == Int(id).map(JSON.integer) }?.status ?? [:]
    }

    /// `user`: preferences that don't exist.
    static let user: JSON = [
        "unit_system": "1", "unit_wind": 99, "unit_pressure": -1, "feel_like_algorithm": nil, "language": 7, "locale": "\u{1B}[2J",
    ]

    private static func all(now: Int) -> [Home] {
        [
            named(now), Home(data: ["id": "home-alone"], status: ["home": ["id": "home-alone"]]), nulls, numbersAsText(now),
            numbersAsIDs(now), unknownWords(now), impossibleValues(now), wrongTypes, twins(now),
            Home(data: home("empty-body", "Empty body"), status: [:]),
            Home(data: home("body-list", "Body is a list"), status: []),
            Home(data: home("body-null", "Body is null"), status: nil),
            Home(data: home("home-list", "Home is a list"), status: ["home": ["a", "home"], "errors": "none"]),
            errors(now),
        ]
    }
}
