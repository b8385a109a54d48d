package import FoundationEssentials

// Times of NetAtmo's that lie in the future are none: readings of a year ahead would be fresh until then.

extension Device {
    func withoutTimes(after latest: Date) -> Device {
        Device(
            id: id, kind: kind, name: name, reachable: reachable, firmware: firmware, battery: battery, signal: signal,
            lastSeen: lastSeen.flatMap { $0 <= latest ? $0 : nil }, setUp: setUp.flatMap { $0 <= latest ? $0 : nil },
            readings: readings.map {
                Readings(
                    time: $0.time.flatMap { $0 <= latest ? $0 : nil }, values: $0.values, trends: $0.trends,
                    times: $0.times.filter { $0.value <= latest }, felt: $0.felt)
            })
    }

    var latestTime: Date? {
        ([lastSeen, setUp, readings?.time].compactMap(\.self) + (readings?.times.values ?? [])).max()
    }
}

extension Station {
    /// How far a time may lie ahead: stations and this machine need not have quite the same one.
    package static let clockTolerance: TimeInterval = 600

    /// The station without times that lie more than ``clockTolerance`` ahead, and the devices that had some.
    package func withoutFutureTimes(at now: Date) -> (station: Station, devices: [Device]) {
        let latest = now.addingTimeInterval(Self.clockTolerance)
        let early = devices.filter { ($0.latestTime ?? now) > latest }
        guard !early.isEmpty else { return (self, []) }
        let station = Station(
            base: base.withoutTimes(after: latest), modules: modules.map { $0.withoutTimes(after: latest) }, name: name,
            homeName: homeName, homeID: homeID, place: place, isFavorite: isFavorite
        )
        return (station, early)
    }
}
