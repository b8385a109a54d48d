/// Stations and measures.
extension SimulatedNetatmo {
    /// Anything below `/api`.
    func answerData(_ call: APICall, withoutDevices: Bool) -> APIAnswer {
        do throws(APIError) {
            guard call.endpoint != .unknown, call.endpoint != .any else { throw APIError.unknownPath }
            try self.authorize(call)
            guard let fields = call.fields else { throw APIError.invalid("parameters") }
            switch call.endpoint {
            case .measure: return try self.measures(fields)
            case .homeCoachsData: return self.devices([])
            default: return self.devices(withoutDevices ? [] : try self.stations(fields))
            }
        } catch {
            return APIAnswer(apiError: error)
        }
    }

    /// Checks token, scope and quota, in this order.
    private func authorize(_ call: APICall) throws(APIError) {
        guard let token = call.bearer else { throw .missingToken }
        switch self.vault.check(access: token, now: self.now) {
        case .unknown: throw .invalidToken
        case .expired: throw .expiredToken
        case .valid(let scope):
            guard scope.contains(call.endpoint == .homeCoachsData ? Scope.readHomeCoach : Scope.readStation) else { throw .wrongScope }
        }
        guard !self.configuration.enforcesRequestLimits || self.quota.admit(at: self.now) else { throw .usageReached }
    }

    private func devices(_ devices: [DeviceRecord]) -> APIAnswer {
        APIAnswer(json: Envelope(body: DevicesBody(devices: devices, user: UserRecord()), serverTime: self.now))
    }

    private func stations(_ fields: FormFields) throws(APIError) -> [DeviceRecord] {
        var stations = self.account.stations
        if let wanted = fields["device_id"], !wanted.isEmpty {
            stations = [try self.station(wanted)]
        } else if fields["get_favorites"] == "false" {
            stations.removeAll { $0.ownership == .favorite }
        }
        return StationsReport(now: self.now, started: self.started).devices(stations, weather: &self.weather)
    }

    private func station(_ id: String) throws(APIError) -> SimulatedStation {
        guard let station = self.account.stations.first(where: { $0.id == id }) else { throw .deviceNotFound }
        return station
    }

    private func measures(_ fields: FormFields) throws(APIError) -> APIAnswer {
        let request = try Self.measureRequest(fields)
        let station = try self.station(request.deviceID)
        let module = try Self.module(request.moduleID, of: station)
        let points = self.series(station: station, module: module).points(for: request, now: self.lastMeasurement(of: module))
        return APIAnswer(
            json: Envelope(body: request.optimize ? MeasureBody.optimized(points) : .plain(points), serverTime: self.now)
        )
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

    /// The module of that ID, or `nil` for the base itself.
    private static func module(_ id: String?, of station: SimulatedStation) throws(APIError) -> SimulatedModule? {
        guard let id, id != station.id else { return nil }
        guard let module = station.modules.first(where: { $0.id == id }) else { throw .deviceNotFound }
        return module
    }

    private func series(station: SimulatedStation, module: SimulatedModule?) -> MeasureSeries {
        let place = self.weather.place(station.site)
        let profile = module.map(\.room) ?? station.room
        let unit = module?.id ?? station.id
        return MeasureSeries(
            kind: module?.kind ?? .base,
            room: place.rooms.first { $0.profile == profile },
            weather: place.weather,
            interval: self.weather.interval,
            shift: StationsReport.shift(of: unit),
            phase: SampleClock.phase(of: unit, interval: self.weather.interval),
            // A clock before the set-up has a past too, if a short one.
            begin: min(module?.setUp ?? station.setUp, self.started - 30 * LocalTime.secondsPerDay)
        )
    }

    /// Until when a unit has measured: up to now, unless it was lost.
    private func lastMeasurement(of module: SimulatedModule?) -> Int {
        guard case .lost(let seconds) = module?.reach else { return self.now }
        return min(self.now, self.started - seconds)
    }
}
