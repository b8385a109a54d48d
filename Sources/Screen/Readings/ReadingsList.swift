import FoundationEssentials
import Homes

/// The rows of the readings table: made when the readings, the order or the filter change, never for a frame, so that thousands of
/// devices cost no more than a few.
struct ReadingsList: Sendable {
    /// Names a device wherever it stands. Ids are unique but in odd answers, where the number of the copy tells them apart.
    struct Key: Sendable, Hashable {
        let id: String
        let copy: Int
    }

    struct Entry: Sendable {
        let key: Key
        let module: Device
        let home: String
    }

    enum Row: Sendable, Hashable {
        case home(String, isFavorite: Bool)
        case station(String)
        /// The place of a device in ``devices``.
        case device(Int)
    }

    /// All devices, by home and station.
    let devices: [Entry]
    let measures: Set<Measure>
    let homeCount: Int
    /// The names of the user's own stations' homes, with their towns.
    let ownHomes: [String]
    let unreachableCount: Int
    let roomCount: Int
    /// All but rooms and boilers.
    let moduleCount: Int
    /// Headings included.
    private(set) var rows: [Row] = []
    /// How many rows there are without a filter, by home.
    private(set) var unfilteredRowCount = 0
    /// How many devices match the filter.
    private(set) var matchCount = 0

    private let homes: [Home]
    /// The times of the readings, in order.
    private let times: [Date]
    /// How many devices have readings without a time.
    private let timelessCount: Int
    /// What is searched, by device; made when it is first needed.
    private var searchTexts: [[UInt8]] = []

    init(
        stations: [Station] = [], by order: ReadingsOrder = ReadingsOrder(), matching query: SearchQuery = SearchQuery(""),
        separator: String
    ) {
        homes = Home.homes(of: stations, separator: separator)
        var devices: [Entry] = []
        let deviceCount = stations.reduce(0) { $0 + 1 + $1.modules.count }
        devices.reserveCapacity(deviceCount)
        var copies = [String: Int](minimumCapacity: deviceCount)
        var measures: Set<Measure> = []
        for home in homes {
            for module in home.stations.lazy.flatMap(\.devices) {
                let copy = copies[module.id, default: 0]
                copies[module.id] = copy + 1
                devices.append(Entry(key: Key(id: module.id, copy: copy), module: module, home: home.name))
                if let readings = module.readings { measures.formUnion(readings.values.keys) }
            }
        }
        self.devices = devices
        self.measures = measures
        homeCount = homes.count
        ownHomes = stations.filter { !$0.isFavorite }.compactMap { station in
            let parts = [station.homeName, station.place?.city].compactMap(\.self).filter { !$0.isEmpty }
            return parts.isEmpty ? nil : parts.joined(separator: " \(separator) ")
        }
        unreachableCount = devices.count { !$0.module.isReachable }
        roomCount = devices.count { $0.module.kind == .room }
        moduleCount = devices.count - roomCount - devices.count { $0.module.kind == .boiler }
        times = devices.compactMap { $0.module.readings?.time }.sorted()
        timelessCount = devices.count { $0.module.readings != nil } - times.count
        unfilteredRowCount = groupedRows(isReversed: false) { _ in true }.count
        arrange(by: order, matching: query)
    }

    func staleCount(_ freshness: Freshness) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if freshness.isFresh(times[middle]) { high = middle } else { low = middle + 1 }
        }
        return low + timelessCount
    }

    /// The device of a row; `nil` for a heading, and where there is no such row.
    func device(atRow row: Int) -> Entry? {
        guard rows.indices.contains(row), case .device(let index) = rows[row] else { return nil }
        return devices[index]
    }

    /// The devices of the same home as the one of a row.
    func home(ofRow row: Int) -> [Device] {
        guard rows.indices.contains(row), case .device(let index) = rows[row] else { return [] }
        // Those of a home stand beside each other.
        let name = devices[index].home
        let first = devices[..<index].lastIndex { $0.home != name }.map { $0 + 1 } ?? 0
        let end = devices[index...].firstIndex { $0.home != name } ?? devices.endIndex
        return devices[first..<end].map(\.module)
    }

    /// The row of a device; `nil` where it is gone or does not match.
    func row(of key: Key) -> Int? {
        rows.firstIndex { row in
            if case .device(let index) = row { devices[index].key == key } else { false }
        }
    }

    /// The row of a device that is nearest to a row, rather behind it than before it.
    func deviceRow(near row: Int, before: Bool = false) -> Int? {
        let row = min(max(0, row), rows.count - 1)
        guard row >= 0 else { return nil }
        let behind = rows[row...].indices.first { device(atRow: $0) != nil }
        let ahead = rows[...row].indices.last { device(atRow: $0) != nil }
        return before ? ahead ?? behind : behind ?? ahead
    }
}

// MARK: - Order and filter

extension ReadingsList {
    /// Makes the rows anew.
    ///
    /// By home there is a heading for each home, where there are several, and for each station of a home with several. Any other
    /// order compares all devices with each other, so it has no headings: a column names the home.
    mutating func arrange(by order: ReadingsOrder, matching query: SearchQuery) {
        if !query.isEmpty, searchTexts.isEmpty { searchTexts = makeSearchTexts() }
        let matches: (Int) -> Bool = { [searchTexts] index in query.isEmpty || query.matches(searchTexts[index]) }
        if order.criterion == .home {
            rows = groupedRows(isReversed: order.isReversed, matches)
        } else {
            rows = order.sorted(devices.map(\.module)).filter(matches).map { .device($0) }
        }
        matchCount = rows.count { if case .device = $0 { true } else { false } }
    }

    private func groupedRows(isReversed: Bool, _ matches: (Int) -> Bool) -> [Row] {
        var parts: [[Row]] = []
        var first = 0
        for home in homes {
            var part: [Row] = []
            for station in home.stations {
                let shown = (first..<first + station.devices.count).filter(matches)
                first += station.devices.count
                guard !shown.isEmpty else { continue }
                if let title = station.title { part.append(.station(title)) }
                part += shown.map { .device($0) }
            }
            let hasHeading = homes.count > 1 || home.isFavorite
            if !part.isEmpty { parts.append((hasHeading ? [.home(home.title, isFavorite: home.isFavorite)] : []) + part) }
        }
        return Array((isReversed ? parts.reversed() : parts).joined())
    }

    private func makeSearchTexts() -> [[UInt8]] {
        homes.flatMap(\.stations).flatMap { group in
            let names = SearchText.folded(group.names.joined(separator: "\n"))
            return group.devices.map { module in
                let window = module.readings?.roomHeating?.isWindowOpen == true ? "\nwindow open" : ""
                let state = (module.isReachable ? "" : "\nunreachable") + window
                return SearchText.folded(module.title + "\n" + module.kind.word + state + "\n") + names
            }
        }
    }
}
