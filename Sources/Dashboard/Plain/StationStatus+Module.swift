import Exporter
import Homes
import System

extension StationStatus.ModulePart {
    /// The device that is told of, so that it is judged and named as on the screen. It has no battery: a status tells that one's
    /// level itself.
    var module: Module {
        Module(
            id: id, kind: Module.Kind(rawValue: type), name: name, reachable: isReachable, firmware: firmware,
            signal: signal?.signalOfNetatmo, lastSeen: lastSeen.flatMap(RFC3339.date), readings: readings.isEmpty ? nil : readingsOfNetatmo
        )
    }

    private var readingsOfNetatmo: Readings {
        let known = Measure.allCases.compactMap { measure in readings[measure.statusKey].map { (measure, $0) } }
        return Readings(
            time: measuredAt.flatMap(RFC3339.date),
            values: known.reduce(into: [:]) { $0[$1.0] = $1.1.value },
            trends: known.reduce(into: [:]) { $0[$1.0] = $1.1.trend.flatMap(Readings.Trend.init) },
            times: known.reduce(into: [:]) { $0[$1.0] = $1.1.time.flatMap(RFC3339.date) }
        )
    }
}

extension StationStatus.SignalPart {
    /// The number, and what it counts.
    fileprivate var signalOfNetatmo: Module.Signal {
        kind == "wifi" ? .wifi(value) : .radio(value)
    }
}

extension StationStatus.BatteryPart {
    /// The level; `nil` where the status does not tell it.
    var levelOfNetatmo: Module.BatteryLevel? {
        Module.BatteryLevel.allCases.first { $0.statusWord == level }
    }
}
