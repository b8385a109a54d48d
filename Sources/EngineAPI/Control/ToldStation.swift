import FoundationEssentials
package import Homes
import OperatingSystem

// Stations in the control socket's JSON: what stays, and apart from it the numbers that each fetch brings anew, so that thousands of
// modules take milliseconds.

/// Stations as they are told: who they are, and the numbers of their devices.
package struct ToldStations: Sendable {
    package let stations: [ToldStation]
    /// As many for each device as it has ``ToldDevice/columns``, in the order of the stations and their devices, the base first.
    package let numbers: [Double]

    package init(_ stations: [Station]) {
        var numbers: [Double] = []
        self.stations = stations.map { station in
            ToldStation(station, devices: station.devices.map { ToldDevice($0, numbers: &numbers) })
        }
        self.numbers = numbers
    }

    /// The numbers in JSON. By hand, since an encoder takes four times as long for so many.
    package func numbersJSON() -> [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "[")]
        json.reserveCapacity(numbers.count * 10)
        for (index, number) in numbers.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += (Int(exactly: number)?.description ?? number.description).utf8
        }
        json.append(UInt8(ascii: "]"))
        return json
    }
}

/// Which station there is, with its devices, the base first.
package struct ToldStation: Sendable, Hashable, Codable {
    private let name: String?
    private let home: String?
    private let homeID: String?
    private let isFavorite: Bool
    private let place: ToldPlace?
    private let devices: [ToldDevice]

    fileprivate init(_ station: Station, devices: [ToldDevice]) {
        name = station.name
        home = station.homeName
        homeID = station.homeID
        isFavorite = station.isFavorite
        place = station.place.map(ToldPlace.init)
        self.devices = devices
    }

    /// Stations with their readings; `nil` where there are not as many numbers as columns, or a station without a device.
    package static func stations(_ told: [ToldStation], numbers: [Double]) -> [Station]? {
        var rest = numbers[...]
        var stations: [Station] = []
        for station in told {
            var devices: [Device] = []
            for device in station.devices {
                guard let told = device.device(takingFrom: &rest) else { return nil }
                devices.append(told)
            }
            guard let base = devices.first else { return nil }
            stations.append(station.station(base: base, modules: Array(devices.dropFirst())))
        }
        return rest.isEmpty ? stations : nil
    }

    private func station(base: Device, modules: [Device]) -> Station {
        Station(
            base: base, modules: modules, name: name, homeName: home, homeID: homeID, place: place?.place, isFavorite: isFavorite)
    }
}

/// Where a station stands.
private struct ToldPlace: Hashable, Codable {
    let city: String?
    let country: String?
    let timeZone: String?
    /// Metres above sea level.
    let altitude: Double?

    init(_ place: Station.Place) {
        city = place.city
        country = place.country
        timeZone = place.timeZone
        altitude = place.altitude.flatMap { $0.isFinite ? $0 : nil }
    }

    var place: Station.Place { .init(timeZone: timeZone, country: country, city: city, altitude: altitude) }
}

/// Which device it is, and what its numbers are.
private struct ToldDevice: Hashable, Codable {
    let id: String
    /// NetAtmo's word, such as `NAMain`.
    let type: String
    let name: String?
    let firmware: Int?
    /// Seconds since 1970.
    let setUp: Double?
    let columns: [ToldColumn]

    /// - Parameter numbers: Get the device's at their end.
    init(_ device: Device, numbers: inout [Double]) {
        id = device.id
        type = device.kind.rawValue
        name = device.name
        firmware = device.firmware
        setUp = device.setUp?.timeIntervalSince1970
        columns = device.tell { numbers.append($0) }
    }

    /// The device with its readings, the first ones of the numbers; `nil` where there are too few.
    func device(takingFrom numbers: inout ArraySlice<Double>) -> Device? {
        guard numbers.count >= columns.count else { return nil }
        var told = ToldNumbers()
        for (column, number) in zip(columns, numbers) { told.take(number, as: column) }
        numbers = numbers.dropFirst(columns.count)
        return Device(
            id: id, kind: Device.Kind(rawValue: type), name: name, reachable: told.reachable, firmware: firmware, battery: told.battery,
            signal: told.signal, lastSeen: told.lastSeen, setUp: setUp.flatMap(Date.init(told:)), readings: told.readings,
            alerts: told.alerts)
    }
}

/// What a number is. Times are seconds since 1970.
private enum ToldColumn: Hashable {
    case reachable, lastSeen, percent, millivolts, wifi, radio, measuredAt
    case value(Measure)
    /// 1 up, 0 stable, -1 down.
    case trend(Measure)
    /// When today's extreme was measured.
    case time(Measure)
    /// How warm it feels, and by which formula.
    case felt(FeltTemperature.Formula?)
    /// Over a limit of the user's 1, under it -1.
    case alert(AlertRule.Subject)
    /// Of a release that tells more.
    case other(String)
}

extension ToldColumn: Codable {
    private static let words: [ToldColumn: String] = {
        let measures = Measure.allCases.flatMap { measure -> [(ToldColumn, String)] in
            let key = measure.jsonKey
            return [(.value(measure), key), (.trend(measure), "\(key).trend"), (.time(measure), "\(key).time")]
        }
        let plain: [ToldColumn] = [.reachable, .lastSeen, .percent, .millivolts, .wifi, .radio, .measuredAt]
        let felt = FeltTemperature.Formula.allCases.map { (ToldColumn.felt($0), "felt.\($0.rawValue)") } + [(.felt(nil), "felt")]
        let alerts = AlertRule.Subject.all.map { (ToldColumn.alert($0), "\($0.word).alert") }
        return Dictionary(uniqueKeysWithValues: measures + alerts + plain.map { ($0, "\($0)") } + felt)
    }()
    private static let columns = Dictionary(uniqueKeysWithValues: words.map { ($1, $0) })

    func encode(to encoder: any Encoder) throws {
        var json = encoder.singleValueContainer()
        if case .other(let word) = self { try json.encode(word) } else { try json.encode(Self.words[self] ?? "") }
    }

    init(from decoder: any Decoder) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        self = Self.columns[word] ?? .other(word)
    }
}

extension Device {
    /// Tells the numbers that there are, and returns what they are.
    fileprivate func tell(_ take: (Double) -> Void) -> [ToldColumn] {
        var columns: [ToldColumn] = []
        columns.reserveCapacity(24)
        func tell(_ number: Double?, _ column: ToldColumn) {
            guard let number, number.isFinite else { return }
            take(number)
            columns.append(column)
        }
        tell(reachable.map { $0 ? 1 : 0 }, .reachable)
        tell(lastSeen?.timeIntervalSince1970, .lastSeen)
        tell(battery?.percent.map(Double.init), .percent)
        tell(battery?.millivolts.map(Double.init), .millivolts)
        switch signal {
        case .wifi(let number): tell(Double(number), .wifi)
        case .radio(let number): tell(Double(number), .radio)
        case nil: break
        }
        if !alerts.isEmpty {
            for subject in AlertRule.Subject.all {
                tell(alerts[subject].map { $0 == .over ? 1 : -1 }, .alert(subject))
            }
        }
        guard let readings else { return columns }
        tell(readings.time?.timeIntervalSince1970, .measuredAt)
        for (measure, value) in readings.values { tell(value, .value(measure)) }
        for (measure, trend) in readings.trends { tell(trend.number, .trend(measure)) }
        for (measure, time) in readings.times { tell(time.timeIntervalSince1970, .time(measure)) }
        if let felt = readings.felt { tell(felt.celsius, .felt(felt.formula)) }
        return columns
    }
}

/// What a device's numbers say.
private struct ToldNumbers {
    private(set) var reachable: Bool?
    private(set) var lastSeen: Date?
    private var percent: Int?
    private var millivolts: Int?
    private(set) var signal: Device.Signal?
    private(set) var alerts: [AlertRule.Subject: AlertRule.Side] = [:]
    private var measuredAt: Date?
    private var values = MeasureTable<Double>()
    private var trends = MeasureTable<Readings.Trend>()
    private var times = MeasureTable<Date>()
    private var felt: FeltTemperature?

    mutating func take(_ number: Double, as column: ToldColumn) {
        switch column {
        case .reachable: reachable = number != 0
        case .lastSeen: lastSeen = Date(told: number)
        case .percent: percent = Int(exactly: number.rounded())
        case .millivolts: millivolts = Int(exactly: number.rounded())
        case .wifi: signal = Int(exactly: number.rounded()).map { .wifi($0) }
        case .radio: signal = Int(exactly: number.rounded()).map { .radio($0) }
        case .measuredAt: measuredAt = Date(told: number)
        case .value(let measure): values[measure] = number
        case .trend(let measure): trends[measure] = Readings.Trend(number: number)
        case .time(let measure): times[measure] = Date(told: number)
        case .felt(let formula): felt = FeltTemperature(celsius: number, formula: formula)
        case .alert(let subject): alerts[subject] = number > 0 ? .over : .under
        case .other: break
        }
    }

    var battery: Device.Battery? {
        percent == nil && millivolts == nil ? nil : Device.Battery(percent: percent, millivolts: millivolts)
    }

    var readings: Readings? {
        measuredAt == nil && values.isEmpty ? nil : Readings(time: measuredAt, values: values, trends: trends, times: times, felt: felt)
    }
}

extension Readings.Trend {
    fileprivate var number: Double {
        switch self {
        case .up: 1
        case .stable: 0
        case .down: -1
        }
    }

    fileprivate init?(number: Double) {
        switch number {
        case 1: self = .up
        case 0: self = .stable
        case -1: self = .down
        default: return nil
        }
    }
}

extension Date {
    /// A time as the protocol tells it; `nil` for one that no calendar has.
    fileprivate init?(told seconds: Double) {
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        self.init(timeIntervalSince1970: seconds)
    }
}
