/// Something about fetched readings that their owner should know.
package enum DataRemark: Sendable, Hashable, Codable {
    /// These devices have times that lie ahead of this machine's clock, and are not used. All of them, and the names of some.
    case timesAhead(devices: Int, names: [String])
    /// NetAtmo's answer holds so many devices beyond the most that are taken.
    case devicesLeftOut(Int, most: Int)
    /// The series of these devices would make `/metrics` larger than so many bytes.
    case seriesLeftOut(devices: Int, limit: Int)
    /// Alerts of the user's are on modules that the account does not have: their names.
    case alertsWithoutModule(names: [String])

    /// One line for the user.
    package var text: String {
        switch self {
        case .timesAhead(let devices, let names):
            "times ahead of this machine's clock are not used: \(names.joined(separator: ", "))"
                + (devices > names.count ? " and \(devices - names.count) more" : "")
        case .devicesLeftOut(let count, let most): "\(count) modules beyond the first \(most) are left out"
        case .seriesLeftOut(let devices, let limit):
            "\(devices) modules are left out of /metrics, which would be larger than \(limit >> 20) MiB"
        case .alertsWithoutModule(let names):
            "there is an alert on \(names.joined(separator: " and on ")), but no module of that name, so that it never comes"
        }
    }
}
