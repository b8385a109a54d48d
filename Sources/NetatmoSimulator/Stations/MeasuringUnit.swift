/// One thing that measures, whatever it is part of: what `getmeasure` needs to know of a base, a module or a home coach.
struct MeasuringUnit: Sendable {
    let id: String
    let kind: ModuleKind
    let site: Site
    let room: RoomProfile?
    /// When it was set up, Unix seconds.
    let setUp: Int
    let reach: SimulatedModule.Reach
    /// In rising order.
    let silences: [Silence]
}

extension MeasuringUnit {
    init(_ station: SimulatedStation) {
        self.init(
            id: station.id, kind: .base, site: station.site, room: station.room, setUp: station.setUp, reach: .reachable,
            silences: station.silences)
    }

    init(_ module: SimulatedModule, of station: SimulatedStation) {
        self.init(
            id: module.id, kind: module.kind, site: station.site, room: module.room, setUp: module.setUp, reach: module.reach,
            silences: module.silences + station.silences)
    }

    init(_ coach: SimulatedCoach) {
        self.init(id: coach.id, kind: .homeCoach, site: coach.site, room: coach.room, setUp: coach.setUp, reach: .reachable, silences: [])
    }
}

extension Account {
    /// What measures under a device's ID and, unless it is the device itself, a module's.
    /// - Throws: ``APIError/deviceNotFound`` if the account has no such device, or the device no such module.
    func unit(deviceID: String, moduleID: String?) throws(APIError) -> MeasuringUnit {
        let moduleID = moduleID == deviceID ? nil : moduleID
        if let coach = coaches.first(where: { $0.id == deviceID }), moduleID == nil { return MeasuringUnit(coach) }
        guard let station = stations.first(where: { $0.id == deviceID }) else { throw .deviceNotFound }
        guard let moduleID else { return MeasuringUnit(station) }
        guard let module = station.modules.first(where: { $0.id == moduleID }) else { throw .deviceNotFound }
        return MeasuringUnit(module, of: station)
    }
}
