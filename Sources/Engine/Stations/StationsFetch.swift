import EngineAPI
import Homes
import Netatmo
import OperatingSystem

/// The home coaches, which come from an endpoint of their own.
enum HomeCoaches: Sendable, Hashable {
    /// The user did not ask for them.
    case unwanted
    /// As of the last fetch that brought them.
    case known([Station])
    /// NetAtmo said once that the token does not allow them, which is not believed before it says so again. Those before.
    case doubted([Station])
    /// The token does not allow them: it is of a sign-in before they were asked for. Told once, and not asked for again.
    case refused

    /// Those there are, as stations without modules.
    var stations: [Station] {
        switch self {
        case .known(let stations), .doubted(let stations): stations
        case .unwanted, .refused: []
        }
    }

    /// After a sign-in the token may allow what the one before did not, and the account may be another.
    var afterSignIn: HomeCoaches {
        self == .unwanted ? .unwanted : .known([])
    }

    /// After an answer that the token does not allow them.
    var afterRefusal: HomeCoaches {
        if case .known(let stations) = self { .doubted(stations) } else { .refused }
    }

    var isAskedFor: Bool {
        switch self {
        case .known, .doubted: true
        case .unwanted, .refused: false
        }
    }

    /// Whether one refusal came, which is not believed yet.
    var isDoubted: Bool {
        if case .doubted = self { true } else { false }
    }
}

/// What a fetch brought.
struct FetchedStations: Sendable, Hashable {
    let weatherStations: [Station]
    /// The units that the account's user prefers to see, where NetAtmo said so.
    let preferences: Units?
    /// How the account's user prefers warmth to be told, where NetAtmo said so.
    let warmFormula: FeltTemperature.WarmFormula?
    let homeCoaches: HomeCoaches
    /// Why the home coaches are those of an earlier fetch, or none; `nil` where all went well.
    let homeCoachError: NetatmoError?
    /// How many devices NetAtmo's answer held beyond those that are taken.
    let leftOut: Int

    init(_ data: StationsData, homeCoaches: HomeCoaches, homeCoachError: NetatmoError? = nil) {
        weatherStations = data.stations
        preferences = data.preferences
        warmFormula = data.warmFormula
        self.homeCoaches = homeCoaches
        self.homeCoachError = homeCoachError
        leftOut = data.leftOut
    }

    func mapStations(_ change: (Station) -> Station) -> FetchedStations {
        let coaches: HomeCoaches =
            switch homeCoaches {
            case .known(let coaches): .known(coaches.map(change))
            case .doubted(let coaches): .doubted(coaches.map(change))
            case .unwanted, .refused: homeCoaches
            }
        return FetchedStations(
            StationsData(stations: weatherStations.map(change), preferences: preferences, warmFormula: warmFormula, leftOut: leftOut),
            homeCoaches: coaches, homeCoachError: homeCoachError)
    }

    /// All stations. A home coach that comes from both endpoints is there once.
    var stations: [Station] {
        let known = Set(weatherStations.map(\.base.id))
        return weatherStations + homeCoaches.stations.filter { !known.contains($0.base.id) }
    }
}

/// Fetches the stations, and the home coaches where they are wanted.
struct StationsFetch: Sendable {
    let client: StationsClient
    let meter: APIMeter
    /// Whether stations of others that the user keeps as favourites come too.
    let favorites: Bool

    /// - Parameter homeCoaches: Those of the fetch before.
    func run(accessToken: Secret, homeCoaches: HomeCoaches) async throws(NetatmoError) -> FetchedStations {
        let data = try await meter.measure(.stations) { () async throws(NetatmoError) in
            try await client.stations(accessToken: accessToken, favorites: favorites)
        }
        guard homeCoaches.isAskedFor else {
            return FetchedStations(data, homeCoaches: homeCoaches)
        }
        do throws(NetatmoError) {
            let coaches = try await meter.measure(.homeCoaches) { () async throws(NetatmoError) in
                try await client.homeCoaches(accessToken: accessToken)
            }
            return FetchedStations(data, homeCoaches: .known(coaches))
        } catch {
            // A token that is refused here would be refused everywhere: a new one helps both.
            guard error.kind != .unauthorized else { throw error }
            let rest = error.kind == .wrongScope ? homeCoaches.afterRefusal : homeCoaches
            return FetchedStations(data, homeCoaches: rest, homeCoachError: error)
        }
    }
}
