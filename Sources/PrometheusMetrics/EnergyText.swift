import FoundationEssentials
import Homes

/// The series of NetAtmo Energy's rooms and homes, and of what their boilers and relays tell; their devices have those of all devices.
struct EnergyText {
    private let rooms: [Labelled<Room>]
    private let homes: [Labelled<EnergyHome>]
    private let devices: [Labelled<EnergyDevice>]

    /// With its labels between braces.
    private struct Labelled<Subject> {
        let subject: Subject
        /// Without braces, so that another one can follow.
        let labels: String
    }

    /// - Parameter freshness: Rooms of which nothing was told for longer have no series.
    init(homes: [EnergyHome], freshness: Freshness) {
        var (homeNames, roomNames, deviceNames) = (UniqueNames(), UniqueNames(), UniqueNames())
        var rooms: [Labelled<Room>] = []
        var labelled: [Labelled<EnergyHome>] = []
        var devices: [Labelled<EnergyDevice>] = []
        for home in homes where home.toldAt.map(freshness.isFresh) ?? false {
            let name = homeNames.take(home.displayName, id: home.id, in: [])
            labelled.append(Labelled(subject: home, labels: MetricsEncoder.pairs(["home": name])))
            for room in home.rooms {
                let room = Labelled(
                    subject: room,
                    labels: MetricsEncoder.pairs(["home": name, "room": roomNames.take(room.displayName, id: room.id, in: [name])]))
                rooms.append(room)
            }
            for device in home.devices {
                let module = deviceNames.take(device.displayName, id: device.id, in: [name])
                devices.append(Labelled(subject: device, labels: MetricsEncoder.pairs(["home": name, "module": module])))
            }
        }
        (self.rooms, self.homes, self.devices) = (rooms, labelled, devices)
    }

    func write(to encoder: inout MetricsEncoder) {
        for metric in EnergyMetric.ofDevices { encode(metric, of: devices, to: &encoder) }
        encodeModes(
            "netatmo_home_therm_mode",
            help: "Set to 1 for what the home follows: its schedule, away or frost guard (hg); 0 for the others.",
            of: homes, known: EnergyHome.Mode.known.map(\.rawValue), to: &encoder
        ) { $0.mode?.rawValue }
        for metric in EnergyMetric.ofRooms { encode(metric, of: rooms, to: &encoder) }
        encodeModes(
            "netatmo_room_setpoint_mode", help: "Set to 1 for why the room's setpoint is what it is, 0 for the others.", of: rooms,
            known: SetpointMode.known.map(\.rawValue), to: &encoder
        ) { $0.state?.mode?.rawValue }
    }

    private func encode<Subject>(_ metric: EnergyMetric<Subject>, of subjects: [Labelled<Subject>], to encoder: inout MetricsEncoder) {
        let samples = subjects.compactMap { subject in metric.value(subject.subject).map { (subject.labels, $0) } }
        guard !samples.isEmpty else { return }
        encoder.family(metric.name, help: metric.help)
        for (labels, value) in samples { encoder.sample(metric.name, labels: "{\(labels)}", value) }
    }

    /// A sample for each mode that is known, and for another one while it is in force.
    private func encodeModes<Subject>(
        _ name: String, help: String, of subjects: [Labelled<Subject>], known: [String], to encoder: inout MetricsEncoder,
        mode: (Subject) -> String?
    ) {
        let told = subjects.compactMap { subject in mode(subject.subject).map { (subject.labels, $0) } }
        guard !told.isEmpty else { return }
        encoder.family(name, help: help)
        for (labels, mode) in told {
            for candidate in known + (known.contains(mode) ? [] : [mode]) {
                encoder.sample(name, labels: "{\(labels),\(MetricsEncoder.pairs(["mode": candidate]))}", candidate == mode ? 1 : 0)
            }
        }
    }
}
