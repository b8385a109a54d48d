/// The parts of the API that requests and faults are told apart by.
package enum Endpoint: String, Sendable, Hashable, CaseIterable, Codable {
    /// `/oauth2/authorize`: the sign-in page and its answer.
    case authorize
    /// `/oauth2/token`: exchange of codes and refresh tokens.
    case token
    /// `/api/getstationsdata`.
    case stationsData
    /// `/api/getmeasure`.
    case measure
    /// `/api/gethomecoachsdata`.
    case homeCoachsData
    /// `/api/homesdata`.
    case homesData
    /// `/api/homestatus`.
    case homeStatus
    /// `/api/getroommeasure`.
    case roomMeasure
    /// Any other path below `/api`.
    case unknown
    /// For faults: every endpoint. No request is recorded under it.
    case any
}
