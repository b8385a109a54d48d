/// Stations, home coaches and measures.
extension SimulatedNetatmo {
    /// Anything below `/api`.
    func answerData(_ call: APICall, omitting omission: Omission?) -> APIAnswer {
        do throws(APIError) {
            guard call.endpoint != .unknown, call.endpoint != .any else { throw APIError.unknownPath }
            let scope = try authorize(call)
            guard let fields = call.fields else { throw APIError.invalid("parameters") }
            switch call.endpoint {
            case .measure: return try measures(fields, scope: scope)
            case .homeCoachsData: return try homeCoachs(fields, omitting: omission)
            case .homesData: return homesData(fields, omitting: omission)
            case .homeStatus: return try homeStatus(fields, omitting: omission)
            case .roomMeasure: return try roomMeasures(fields)
            default: return try stations(fields, omitting: omission)
            }
        } catch {
            return APIAnswer(apiError: error)
        }
    }

    /// Checks token, scope and quota, in this order.
    /// - Returns: the token's rights.
    private func authorize(_ call: APICall) throws(APIError) -> [String] {
        guard let token = call.bearer else { throw .missingToken }
        let granted: [String]
        switch vault.check(access: token, now: now) {
        case .unknown: throw .invalidToken
        case .expired: throw .expiredToken
        case .valid(let scope): granted = scope
        }
        guard granted.contains(scope(for: call)) else { throw .wrongScope }
        guard !configuration.enforcesRequestLimits || quota.admit(at: now) else { throw .usageReached }
        return granted
    }

    /// The right that a request takes. Of a boiler it is the heating's, as of all else that hangs on a relay.
    private func scope(for call: APICall) -> String {
        switch call.endpoint {
        case .homeCoachsData: Scope.readHomeCoach
        case .homesData, .homeStatus, .roomMeasure: Scope.readThermostat
        case .measure where relayHome(call.fields) != nil: Scope.readThermostat
        default: Scope.readStation
        }
    }

    private func relayHome(_ fields: FormFields?) -> SimulatedHome? {
        fields?["device_id"].flatMap { energy.home(ofRelay: $0) }
    }

    func envelope(_ body: some Encodable & Sendable) -> APIAnswer {
        APIAnswer(json: Envelope(body: body, serverTime: now))
    }

    // MARK: Devices

    private func stations(_ fields: FormFields, omitting omission: Omission?) throws(APIError) -> APIAnswer {
        guard !configuration.isHostile else { return hostile(HostileAccount.stations(now: now), omitting: omission) }
        let wantsFavorites = ["true", "1"].contains(fields["get_favorites"])
        let visible = account.stations.filter { wantsFavorites || $0.ownership == .own }
        let wanted = try Self.select(visible, by: fields["device_id"], id: \.id)
        let report = StationsReport(now: now, started: started)
        return devices(wanted.map { report.device($0, weather: &weather) }, omitting: omission)
    }

    private func homeCoachs(_ fields: FormFields, omitting omission: Omission?) throws(APIError) -> APIAnswer {
        guard !configuration.isHostile else { return hostile(HostileAccount.coaches(now: now), omitting: omission) }
        let wanted = try Self.select(account.coaches, by: fields["device_id"], id: \.id)
        let report = StationsReport(now: now, started: started)
        return devices(wanted.map { report.coach($0, weather: &weather) }, omitting: omission)
    }

    /// The one device that is asked for, or all where none is.
    private static func select<Device>(_ devices: [Device], by wanted: String?, id: (Device) -> String) throws(APIError) -> [Device] {
        guard let wanted, !wanted.isEmpty else { return devices }
        guard let device = devices.first(where: { id($0) == wanted }) else { throw .deviceNotFound }
        return [device]
    }

    private func devices(_ devices: [DeviceRecord], omitting omission: Omission?) -> APIAnswer {
        let shown: [DeviceRecord] =
            switch omission {
            case nil: devices
            case .devices: []
            case .readings: devices.map(\.withoutReadings)
            }
        return envelope(DevicesBody(devices: shown, user: UserRecord(units: configuration.displayUnits)))
    }

    /// All hostile devices, whichever is asked for.
    private func hostile(_ devices: JSON, omitting omission: Omission?) -> APIAnswer {
        let shown: JSON =
            switch omission {
            case nil: devices
            case .devices: []
            case .readings: devices.removing("dashboard_data")
            }
        return envelope(["devices": shown, "user": HostileAccount.user] as JSON)
    }

    // MARK: Measures

    private func measures(_ fields: FormFields, scope: [String]) throws(APIError) -> APIAnswer {
        if let home = relayHome(fields) { return try boilerMeasures(fields, of: home) }
        let request = try MeasureRequest(fields: fields)
        let unit = try account.unit(deviceID: request.deviceID, moduleID: request.moduleID)
        guard unit.kind != .homeCoach || scope.contains(Scope.readHomeCoach) else { throw .wrongScope }
        let points = series(of: unit).points(for: request, now: lastMeasurement(of: unit), days: &days)
        return envelope(request.optimize ? MeasureBody.optimized(points) : .plain(points))
    }

    private func series(of unit: MeasuringUnit) -> MeasureSeries {
        let place = weather.place(unit.site)
        return MeasureSeries(
            unit: unit.id, kind: unit.kind,
            room: place.rooms.first { $0.profile == unit.room },
            weather: place.weather, interval: max(weather.interval, MeasureSeries.shortestInterval),
            shift: StationsReport.shift(of: unit.id), phase: SampleClock.phase(of: unit.id, interval: weather.interval),
            // A clock before the set-up has a past too, if a short one.
            begin: min(unit.setUp, started - 30 * CentralEuropeanTime.secondsPerDay), gaps: unit.silences.map { $0.range(before: started) }
        )
    }

    /// Until when a unit has measured: up to now, unless it was lost.
    private func lastMeasurement(of unit: MeasuringUnit) -> Int {
        guard case .lost(let seconds) = unit.reach else { return now }
        return min(now, started - seconds)
    }
}
