/// Homes with heating: thermostats, valves, and the rooms that they heat.
extension SimulatedNetatmo {
    // MARK: Homes

    func homesData(_ fields: FormFields, omitting omission: Omission?) -> APIAnswer {
        let user = HomesUserRecord(UserRecord(units: configuration.displayUnits))
        guard omission != .devices else { return envelope(HomesBody(homes: [], user: user)) }
        guard !configuration.isHostile else {
            return envelope(["homes": HostileHomes.homes(now: now), "user": HostileHomes.user] as JSON)
        }
        // A filter that nothing passes leaves none, which is no error.
        let types = fields["gateway_types"]?.split(separator: ",").map(String.init) ?? []
        let homes = energy.homes.filter { home in
            fields["home_id"].map { $0.isEmpty || $0 == home.id } ?? true
                && (types.isEmpty || home.devices.contains { $0.kind.isRelay && types.contains($0.kind.rawValue) })
        }
        return envelope(HomesBody(homes: homes.map { HomeRecord($0, now: now) }, user: user))
    }

    func homeStatus(_ fields: FormFields, omitting omission: Omission?) throws(APIError) -> APIAnswer {
        let id = try MeasureRequest.required("home_id", in: fields)
        guard !configuration.isHostile else {
            switch omission {
            case nil: return envelope(HostileHomes.status(ofHome: id, now: now))
            case .devices: return envelope([:] as JSON)
            case .readings: return envelope(["home": ["id": .text(id)]] as JSON)
            }
        }
        let home = try energy.home(id)
        switch omission {
        case nil:
            let report = HomeStatusReport(home: home, heat: heat(of: home), now: now, started: started, interval: weather.interval)
            return envelope(report.body(book: &heat))
        case .devices: return envelope([:] as JSON)
        case .readings: return envelope(HomeStatusBody(home: HomeStatusRecord(id: home.id)))
        }
    }

    // MARK: Measures

    func roomMeasures(_ fields: FormFields) throws(APIError) -> APIAnswer {
        let request = try RoomMeasureRequest(fields: fields)
        let home = try energy.home(request.homeID)
        guard let room = heat(of: home).rooms.first(where: { $0.room.id == request.roomID }) else { throw .deviceNotFound }
        let end = home.lastContact(withRoom: request.roomID, started: started).map { min($0, now) } ?? now
        let series = RoomSeries(
            heat: room, begin: begin(of: home), latest: SampleClock.tick(at: end, phase: 0, interval: MeasureSeries.shortestInterval)
        )
        return measures(series.points(for: request, book: &heat), span: request.span)
    }

    /// Of the boiler that a relay's thermostat switches.
    func boilerMeasures(_ fields: FormFields, of home: SimulatedHome) throws(APIError) -> APIAnswer {
        let request = try BoilerMeasureRequest(fields: fields)
        guard home.devices.contains(where: { $0.kind.isThermostat && $0.id == request.moduleID }) else { throw .deviceNotFound }
        let series = BoilerSeries(boiler: heat(of: home).boiler, begin: begin(of: home), now: now)
        return measures(series.points(for: request, book: &heat), span: request.span)
    }

    private func measures(_ points: [MeasureSeries.Point], span: MeasureSpan) -> APIAnswer {
        envelope(span.optimize ? MeasureBody.optimized(points) : .plain(points))
    }

    private func heat(of home: SimulatedHome) -> HomeHeat {
        HomeHeat(home: home, weather: weather.place(home.site).weather, seed: configuration.seed)
    }

    /// A clock before the set-up has a past too, if a short one.
    private func begin(of home: SimulatedHome) -> Int {
        min(home.setUp, started - 30 * CentralEuropeanTime.secondsPerDay)
    }
}
