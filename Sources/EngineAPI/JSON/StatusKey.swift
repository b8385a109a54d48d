/// The keys of `/api/status`: a contract, described in Documentation/status-json.md. A change that breaks a reader needs another
/// ``StatusReport/currentVersion``.
///
/// Every key is always written, as `null` where there is nothing, so that readers find it; what is left out is read as `null`. But
/// ``path`` and ``cause`` are written by ``/FoundationEssentials/JSONEncoder/complete()`` alone, and ``energy`` and ``homes`` only where
/// NetAtmo Energy is asked for.
enum StatusKey: String, CodingKey, CaseIterable {
    case version, now, build, exporter, token, signIn, data, stations, events

    case address, port, lastScrape

    case state, isValid, possession, expiry, lifetimeSeconds, renewsAt, canRenew, ignoredSince, renewal, saving, error
    case since, tries, next, at, until, reason

    case isUp, isFetching, fetchedAt, nextFetch, refreshIntervalSeconds, staleAfterSeconds, preferredUnits, lastAttempt
    case time, durationSeconds

    case subject, outcome, severity, detail

    case kind, text, status, code, message, retryAfterSeconds, mayHaveBeenCarriedOut, remedy
    case path, cause

    case id, name, home, homeID, isFavorite, place, modules, city, country, altitude, timeZone
    case type, reachable, isReachable, isStale, measuredAt, lastSeen, firmware, battery, signal, readings, felt, formula
    case percent, millivolts, level, verdict, word, value, unit, textUnit, trend

    case energy, homes, isRefused
    case mode, toldAt, schedule, schedules, rooms, devices, isTold, alerts
    case deviceIDs, setpointStart, setpointEnd, isAnticipating, isWindowOpen
    case roomID, relayID, setUp, radio, wifi, isBoilerOn, hasComfortBoost, outdoorTemperature, errorCode
    case isSelected, awaySetpoint, frostGuardSetpoint, zones, setpoints, changes, minute, zoneID
}
