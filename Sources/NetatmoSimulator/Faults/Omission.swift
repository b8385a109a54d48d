/// What an answer about devices leaves out, as ``Fault/emptyDevices`` and ``Fault/missingReadings`` want it.
enum Omission: Sendable {
    case devices, readings
}

extension DeviceRecord {
    /// The same station and modules, as if nothing had been measured.
    var withoutReadings: DeviceRecord {
        var copy = self
        copy.dashboardData = nil
        for index in copy.modules.indices {
            copy.modules[index].dashboardData = nil
        }
        return copy
    }
}

extension HomeCoachRecord {
    /// The same coach, as if nothing had been measured.
    var withoutReadings: HomeCoachRecord {
        var copy = self
        copy.dashboardData = nil
        return copy
    }
}
