import EngineAPI
import FoundationEssentials
import HistoryExport
import Homes

/// What there is to export, as an engine knows it.
struct ExportAccount: Sendable {
    let stations: [Station]
    /// `nil` where the engine does not ask for rooms.
    let homes: [EnergyHome]?

    /// There are no stations or rooms to ask for.
    struct NothingCame: Error, CustomStringConvertible {
        let description: String
    }

    /// As far as a query wants it; `nil` where the engine has not asked NetAtmo for it yet.
    ///
    /// - Throws: ``NothingCame`` where it asked and got none, or has no token to ask with.
    init?(_ snapshot: Snapshot, for query: ExportQuery, at now: Date) throws {
        guard let stations = query.wantsModules ? try Self.stations(of: snapshot, at: now) : [],
            let homes = query.wantsRooms ? try Self.homes(of: snapshot, at: now) : .notAsked
        else { return nil }
        self.stations = stations
        self.homes = homes.list
    }

    private static func stations(of snapshot: Snapshot, at now: Date) throws -> [Station]? {
        if snapshot.data.fetchedAt != nil { return snapshot.data.stations }
        if let error = snapshot.data.lastAttempt?.error { throw NothingCame(description: "no stations came from NetAtmo: \(error)") }
        return try nothingYet(snapshot, at: now)
    }

    private enum Homes {
        case notAsked
        case told([EnergyHome])

        var list: [EnergyHome]? {
            if case .told(let homes) = self { homes } else { nil }
        }
    }

    private static func homes(of snapshot: Snapshot, at now: Date) throws -> Homes? {
        guard let energy = snapshot.energy else {
            // An engine that asks for rooms says so before its first stations come.
            return snapshot.data.lastAttempt != nil ? .notAsked : try nothingYet(snapshot, at: now)
        }
        if energy.isRefused { throw NothingCame(description: "the token does not allow rooms: sign in again, with --energy") }
        // Of several homes the last is told at the end of the round.
        guard let attempt = energy.lastAttempt else { return try nothingYet(snapshot, at: now) }
        if let error = attempt.error, energy.fetchedAt == nil { throw NothingCame(description: "no rooms came from NetAtmo: \(error)") }
        return .told(energy.homes)
    }

    /// It is worth waiting for.
    private static func nothingYet<Value>(_ snapshot: Snapshot, at now: Date) throws -> Value? {
        let state = snapshot.token.state(at: now)
        switch state {
        case .missing, .expired, .rejected:
            throw NothingCame(description: "there is no token that works (\(state.rawValue)): sign in first")
        case .valid, .expiring, .renewing: return nil
        }
    }
}
