import FoundationEssentials
import Homes

/// The series of NetAtmo Energy's rooms and homes, and of what their boilers and relays tell; their devices have those of all devices.
///
/// `home` is the home's name, as in the devices' series, so that both can be joined. Of two with the same labels the second has its id
/// behind its name.
struct EnergyText {
    private var rooms: [Labelled<Room>] = []
    private var homes: [Labelled<EnergyHome>] = []
    private var devices: [Labelled<EnergyDevice>] = []
    /// How many rooms, homes and devices there is no room for (``MetricsBound``).
    private(set) var leftOut = 0

    /// - Parameter isFresh: Whether what was told at a time is served; rooms of which nothing was told for longer have no series.
    init(homes: [EnergyHome], isFresh: (Date) -> Bool) {
        var (homeNames, roomNames, deviceNames) = (UniqueNames(), UniqueNames(), UniqueNames())
        var room = MetricsBound.energyLimit
        func fits(_ cost: Int) -> Bool {
            guard cost <= room else {
                leftOut += 1
                return false
            }
            room -= cost
            return true
        }
        for home in homes where home.toldAt.map(isFresh) ?? false {
            let name = home.displayName
            let labelled = Labelled(home, ["home": homeNames.take(name, id: home.id, in: [])])
            if fits(labelled.cost([], EnergyModes.ofHomes)) { self.homes.append(labelled) }
            for room in home.rooms {
                let labelled = Labelled(room, ["home": name, "room": roomNames.take(room.displayName, id: room.id, in: [name])])
                if fits(labelled.cost(EnergyMetric.ofRooms, EnergyModes.ofRooms)) { rooms.append(labelled) }
            }
            for device in home.devices {
                let labelled = Labelled(device, ["home": name, "module": deviceNames.take(device.displayName, id: device.id, in: [name])])
                if fits(labelled.cost(EnergyMetric.ofDevices)) { devices.append(labelled) }
            }
        }
    }

    func write(to encoder: inout MetricsEncoder) {
        for metric in EnergyMetric.ofDevices { encoder.encode(metric, of: devices) }
        encoder.encode(EnergyModes.ofHomes, of: homes)
        for metric in EnergyMetric.ofRooms { encoder.encode(metric, of: rooms) }
        encoder.encode(EnergyModes.ofRooms, of: rooms)
    }
}

/// With its labels; without braces, so that another one can follow.
private struct Labelled<Subject> {
    let subject: Subject
    let labels: String

    init(_ subject: Subject, _ labels: KeyValuePairs<String, String>) {
        self.subject = subject
        self.labels = MetricsEncoder.pairs(labels)
    }

    /// How many bytes its series take at most.
    func cost(_ metrics: [EnergyMetric<Subject>], _ modes: EnergyModes<Subject>? = nil) -> Int {
        let values = metrics.filter { $0.value(subject) != nil }.reduce(0) { $0 + MetricsBound.cost(name: $1.name, labels: labels) + 2 }
        return values
            + (modes?.labels(of: subject) ?? []).reduce(0) { $0 + MetricsBound.cost(name: modes?.name ?? "", labels: labels + $1) + 3 }
    }
}

extension MetricsEncoder {
    fileprivate mutating func encode<Subject>(_ metric: EnergyMetric<Subject>, of subjects: [Labelled<Subject>]) {
        let samples = subjects.compactMap { subject in metric.value(subject.subject).map { (subject.labels, $0) } }
        guard !samples.isEmpty else { return }
        family(metric.name, help: metric.help)
        for (labels, value) in samples { sample(metric.name, labels: "{\(labels)}", value) }
    }

    fileprivate mutating func encode<Subject>(_ modes: EnergyModes<Subject>, of subjects: [Labelled<Subject>]) {
        let told = subjects.filter { modes.mode($0.subject) != nil }
        guard !told.isEmpty else { return }
        family(modes.name, help: modes.help)
        for subject in told {
            let inForce = modes.mode(subject.subject).map(EnergyModes<Subject>.label)
            for label in modes.labels(of: subject.subject) {
                sample(modes.name, labels: "{\(subject.labels),\(label)}", label == inForce ? 1 : 0)
            }
        }
    }
}
