/// The homes with heating that the account's user sees.
struct EnergyAccount: Sendable {
    let homes: [SimulatedHome]

    /// - Parameter account: the weather stations of the same user, which their homes list too.
    init(configuration: SimulatorConfiguration, account: Account) {
        if configuration.isHostile {
            // What it shows is no account that could be described here: see HostileHomes.
            homes = []
        } else if let count = configuration.moduleCount {
            homes = Self.homesForLoad(moduleCount: count)
        } else {
            homes = [Self.fjord, Self.hytte].map { $0.listing(account.stations) }
        }
    }

    /// - Throws: ``APIError/deviceNotFound`` if the user has no such home.
    func home(_ id: String) throws(APIError) -> SimulatedHome {
        guard let home = homes.first(where: { $0.id == id }) else { throw .deviceNotFound }
        return home
    }

    /// The home that a relay stands in, `nil` if the account has no such relay.
    func home(ofRelay id: String) -> SimulatedHome? {
        homes.first { $0.devices.contains { $0.kind.isRelay && $0.id == id } }
    }
}

extension SimulatedHome {
    /// The same home, and the weather stations that stand in it.
    fileprivate func listing(_ stations: [SimulatedStation]) -> SimulatedHome {
        var home = self
        for station in stations where station.homeID == id {
            home.others.append(
                OtherDevice(id: station.id, type: ModuleKind.base.rawValue, name: station.moduleName, setUp: station.setUp))
            home.others += station.modules.map {
                OtherDevice(id: $0.id, type: $0.kind.rawValue, name: $0.name, bridge: station.id, setUp: $0.setUp)
            }
        }
        return home
    }
}
