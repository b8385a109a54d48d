import Engine
import EngineAPI
import FoundationEssentials
import HTTPTypes
import Homes
import Hummingbird
import Netatmo
import OperatingSystem

/// `/debug/data` and `/debug/token`, as netatmo-exporter has them; there only with `--debug-handlers`.
struct DebugRoutes: Sendable {
    let store: SnapshotStore
    let clock: any WallClock

    var routes: [Route] {
        [.reading(.debugData, data), .reading(.debugToken, token)]
    }

    /// The latest readings under NetAtmo's own keys.
    @Sendable private func data(_ request: Request, context: ExporterRequestContext) throws -> Response {
        let data = store.snapshot.data
        guard data.fetchedAt != nil else {
            return .text(.badGateway, "No readings yet: \(data.lastAttempt?.error.map(\.description) ?? "nothing was fetched so far")")
        }
        return try .json(JSONValue.object(["Body": .object(["devices": .array(data.stations.map(\.json))])]))
    }

    /// What there is of a token, never the token.
    @Sendable private func token(_ request: Request, context: ExporterRequestContext) throws -> Response {
        let status = store.snapshot.token
        guard case .token(let expiry, _, let renewsAt) = status.possession else { return .text(.notFound, "No token.") }
        let members: [String: JSONValue] = [
            "isValid": .bool(status.isValid(at: clock.now)), "hasAccessToken": .bool(true), "hasRefreshToken": .bool(renewsAt != nil),
            "expiry": expiry.map { .string(RFC3339.text($0)) } ?? .null,
        ]
        return try .json(JSONValue.object(members))
    }
}
