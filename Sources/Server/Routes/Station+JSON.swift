import FoundationEssentials
import Homes
import Netatmo
import PrometheusMetrics

// Stations under NetAtmo's keys, as `/debug/data` serves them: what was understood of the answer, not its bytes.

extension Station {
    var json: JSONValue {
        var members = base.members
        members["station_name"] = name.map(JSONValue.string)
        members["home_name"] = homeName.map(JSONValue.string)
        members["home_id"] = homeID.map(JSONValue.string)
        members["favorite"] = .bool(isFavorite)
        members["place"] = place?.json
        members["modules"] = .array(modules.map { .object($0.members) })
        return .object(members)
    }
}

extension Station.Place {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [:]
        members["timezone"] = timeZone.map(JSONValue.string)
        members["country"] = country.map(JSONValue.string)
        members["city"] = city.map(JSONValue.string)
        members["altitude"] = altitude.map(JSONValue.double)
        return .object(members)
    }
}

extension Device {
    fileprivate var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["_id": .string(id), "type": .string(kind.rawValue)]
        members["reachable"] = reachable.map(JSONValue.bool)
        members["module_name"] = name.map(JSONValue.string)
        members["firmware"] = firmware.map(JSONValue.int)
        members["battery_percent"] = battery?.percent.map(JSONValue.int)
        members["battery_vp"] = battery?.millivolts.map(JSONValue.int)
        switch signal {
        case .wifi(let strength): members["wifi_status"] = .int(strength)
        case .radio(let strength): members["rf_status"] = .int(strength)
        case nil: break
        }
        members["last_seen"] = lastSeen.map(JSONValue.seconds)
        members["dashboard_data"] = readings?.json
        return members
    }
}

extension Readings {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for (measure, value) in values { members[measure.key] = .double(value) }
        for (measure, trend) in trends { members[measure == .pressure ? "pressure_trend" : "temp_trend"] = .string(trend.rawValue) }
        members["time_utc"] = time.map(JSONValue.seconds)
        return .object(members)
    }
}

extension JSONValue {
    fileprivate static func int(_ value: Int) -> JSONValue {
        .integer(Int64(value))
    }

    /// A number with the decimal digits of its shortest text.
    fileprivate static func double(_ value: Double) -> JSONValue {
        Decimal(string: MetricsEncoder.text(value)).map(JSONValue.number) ?? .null
    }

    fileprivate static func seconds(_ date: Date) -> JSONValue {
        .integer(Int64(date.timeIntervalSince1970))
    }
}
