/// What an answer about devices leaves out, as ``Fault/emptyDevices`` and ``Fault/missingReadings`` want it.
enum Omission: Sendable {
    case devices, readings
}

extension DeviceRecord {
    /// The same device and modules, as if nothing had been measured.
    var withoutReadings: DeviceRecord {
        var copy = self
        copy.dashboardData = nil
        for index in modules?.indices ?? 0..<0 {
            copy.modules?[index].dashboardData = nil
        }
        return copy
    }
}
