/// Stations, home coaches and measures.
extension SimulatedNetatmo {
    /// Anything below `/api`.
    func answerData(_ call: APICall, omitting omission: Omission?) -> APIAnswer {
        do throws(APIError) {
            guard call.endpoint != .unknown, call.endpoint != .any else { throw APIError.unknownPath }
            let scope = try self.authorize(call)
            guard let fields = call.fields else { throw APIError.invalid("parameters") }
            switch call.endpoint {
            case .measure: return try self.measures(fields, scope: scope)
            case .homeCoachsData: return try self.homeCoachs(fields, omitting: omission)
            default: return try self.stations(fields, omitting: omission)
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
        switch self.vault.check(access: token, now: self.now) {
        case .unknown: throw .invalidToken
        case .expired: throw .expiredToken
        case .valid(let scope): granted = scope
        }
        guard granted.contains(call.endpoint == .homeCoachsData ? Scope.readHomeCoach : Scope.readStation) else { throw .wrongScope }
        guard !self.configuration.enforcesRequestLimits || self.quota.admit(at: self.now) else { throw .usageReached }
        return granted
    }

    private func envelope(_ body: some Encodable & Sendable) -> APIAnswer {
        APIAnswer(json: Envelope(body: body, serverTime: self.now))
    }

    // MARK: Devices

    private func stations(_ fields: FormFields, omitting omission: Omission?) throws(APIError) -> APIAnswer {
        guard !self.configuration.isHostile else {
            return self.hostile(HostileAccount.stations(now: self.now), omitting: omission)
        }
        let wantsFavorites = ["true", "1"].contains(fields["get_favorites"])
        let visible = self.account.stations.filter { wantsFavorites || $0.ownership == .own }
        let wanted = try Self.select(visible, by: fields["device_id"], id: \.id)
        let records = StationsReport(now: self.now, started: self.started).devices(wanted, weather: &self.weather)
        return self.devices(records, omitting: omission) { $0.withoutReadings }
    }

    private func homeCoachs(_ fields: FormFields, omitting omission: Omission?) throws(APIError) -> APIAnswer {
        guard !self.configuration.isHostile else {
            return self.hostile(HostileAccount.coaches(now: self.now), omitting: omission)
        }
        let wanted = try Self.select(self.account.coaches, by: fields["device_id"], id: \.id)
        let records = StationsReport(now: self.now, started: self.started).coaches(wanted, weather: &self.weather)
        return self.devices(records, omitting: omission) { $0.withoutReadings }
    }

    /// The one device that is asked for, or all where none is.
    private static func select<Device>(_ devices: [Device], by wanted: String?, id: (Device) -> String) throws(APIError) -> [Device] {
        guard let wanted, !wanted.isEmpty else { return devices }
        guard let device = devices.first(where: { id($0) == wanted }) else { throw .deviceNotFound }
        return [device]
    }

    private func devices<Device: Encodable & Sendable>(
        _ devices: [Device],
        omitting omission: Omission?,
        withoutReadings: (Device) -> Device
    ) -> APIAnswer {
        let shown =
            switch omission {
            case nil: devices
            case .devices: [Device]()
            case .readings: devices.map(withoutReadings)
            }
        return self.envelope(DevicesBody(devices: shown, user: UserRecord()))
    }

    /// All hostile devices, whichever is asked for.
    private func hostile(_ devices: JSON, omitting omission: Omission?) -> APIAnswer {
        let shown: JSON =
            switch omission {
            case nil: devices
            case .devices: []
            case .readings: devices.removing("dashboard_data")
            }
        return self.envelope(["devices": shown, "user": HostileAccount.user] as JSON)
    }

    // MARK: Measures

    private func measures(_ fields: FormFields, scope: [String]) throws(APIError) -> APIAnswer {
        let request = try Self.measureRequest(fields)
        let unit = try self.account.unit(deviceID: request.deviceID, moduleID: request.moduleID)
        guard unit.kind != .homeCoach || scope.contains(Scope.readHomeCoach) else { throw .wrongScope }
        let points = self.series(of: unit).points(for: request, now: self.lastMeasurement(of: unit))
        return self.envelope(request.optimize ? MeasureBody.optimized(points) : .plain(points))
    }

    private static func measureRequest(_ fields: FormFields) throws(APIError) -> MeasureRequest {
        do throws(MeasureRequest.Problem) {
            return try MeasureRequest(fields: fields)
        } catch {
            switch error {
            case .missing(let name): throw .missing(name)
            case .invalid(let name): throw .invalid(name)
            }
        }
    }

    private func series(of unit: MeasuringUnit) -> MeasureSeries {
        let place = self.weather.place(unit.site)
        return MeasureSeries(
            kind: unit.kind,
            room: place.rooms.first { $0.profile == unit.room },
            weather: place.weather,
            interval: self.weather.interval,
            shift: StationsReport.shift(of: unit.id),
            phase: SampleClock.phase(of: unit.id, interval: self.weather.interval),
            // A clock before the set-up has a past too, if a short one.
            begin: min(unit.setUp, self.started - 30 * LocalTime.secondsPerDay)
        )
    }

    /// Until when a unit has measured: up to now, unless it was lost.
    private func lastMeasurement(of unit: MeasuringUnit) -> Int {
        guard case .lost(let seconds) = unit.reach else { return self.now }
        return min(self.now, self.started - seconds)
    }
}
