/// What a token allows, as NetAtmo names it.
package enum Scope: String, Sendable, Hashable {
    case readStation = "read_station"
    case readHomeCoach = "read_homecoach"
    /// NetAtmo Energy. There is one to set temperatures too, which is never asked for.
    case readThermostat = "read_thermostat"
}

extension Sequence<Scope> {
    /// The scopes as a request holds them: one blank between two.
    var text: String {
        map(\.rawValue).joined(separator: " ")
    }
}
