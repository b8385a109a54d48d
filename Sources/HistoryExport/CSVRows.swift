import FoundationEssentials
import Homes
import OperatingSystem
import PrometheusMetrics

/// Writes a device's rows of comma-separated values.
struct CSVRows: Sendable {
    private let names: String
    /// Which of the device's values stands in each column.
    private let places: [Int?]

    /// - Parameters:
    ///   - columns: The device's values.
    ///   - all: The columns of the file.
    ///   - hasRooms: Whether the file has rooms, which have a column of their own.
    init(device: ExportedDevice, columns: [ExportColumn], all: [ExportColumn], hasRooms: Bool) {
        let isRoom = device.subject.kind == .room
        let texts = [
            "home": device.home, "station": device.station, "module": isRoom ? "" : device.module, "room": isRoom ? device.module : "",
            "id": device.subject.id,
        ]
        names = Self.names(hasRooms: hasRooms).map { Self.field(texts[$0] ?? "") }.joined(separator: ",")
        places = all.map { columns.firstIndex(of: $0) }
    }

    /// The columns that say what a row is of.
    static func names(hasRooms: Bool) -> [String] {
        ["home", "station", "module"] + (hasRooms ? ["room"] : []) + ["id"]
    }

    func row(_ time: Date, _ values: [Double?]) -> String? {
        guard values.contains(where: { $0 != nil }) else { return nil }
        let texts = places.map { $0.flatMap { values[$0] }.map(MetricsEncoder.text) ?? "" }
        return "\(RFC3339.text(time)),\(names),\(texts.joined(separator: ","))\n"
    }

    /// A name as a field: quoted where it has to be (RFC 4180, section 2). One that a spreadsheet would take for a formula gets an
    /// apostrophe in front: names are others' words, and a formula may do more than show itself.
    static func field(_ name: String) -> String {
        let isFormula = name.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let text = isFormula ? "'" + name : name
        guard text.utf8.contains(where: { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
