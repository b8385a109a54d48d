import FoundationEssentials

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// What NetAtmo's answers give is in range whatever they hold, and their errors are one line without a secret.
enum AnswerProperties {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let refused = [400, 401, 403, 404, 429, 500, 503][bytes.count % 7]
        for status in [200, refused] {
            let answer = NetatmoAnswer(status: status, body: bytes)
            if let data = try decoded(StationsData.self, of: answer) {
                try require(status == 200, "an error gave readings")
                try require(decoded(StationsData.self, of: answer) == data, "read twice, it is not the same")
                for station in data.stations { try check(station) }
            }
            if let measures = try decoded(MeasureAnswer.self, of: answer) { try check(measures) }
            if let grant = try decoded(TokenGrant.self, of: answer) {
                try require((.seconds(1) ... .seconds(31_536_000)).contains(grant.lifetime), "it lives \(grant.lifetime)")
            }
        }
    }

    private static func decoded<Body: Decodable>(_ type: Body.Type, of answer: NetatmoAnswer) throws(Violation) -> Body? {
        do throws(NetatmoError) {
            return try answer.decoded(as: type)
        } catch {
            try check(error, of: answer)
            return nil
        }
    }

    private static func check(_ measures: MeasureAnswer) throws(Violation) {
        for scale in HistoryScale.allCases {
            let subject = HistorySubject(deviceID: "d", moduleID: nil, measures: [.temperature, .rain], scale: scale)
            try check(measures, measures.history(of: subject, columns: HistoryColumn.all(of: subject)))
            let room = HistorySubject(room: "1", ofHome: "h", measures: [.temperature, .rain, .setpoint], scale: scale)
            try check(measures, measures.history(of: room, columns: HistoryColumn.all(of: room)))
            let boiler = HistorySubject(deviceID: "p", moduleID: "t", measures: [.boilerMinutes], scale: scale)
            let minutes = measures.history(of: boiler, columns: HistoryColumn.all(of: boiler)).points(of: .boilerMinutes).compactMap(
                \.value)
            try require(minutes.allSatisfy { (0...60).contains($0) }, "a boiler that burned for longer than an hour has")
        }
    }

    private static func check(_ measures: MeasureAnswer, _ history: MeasureHistory) throws(Violation) {
        try require(measures.rows.count <= MeasureAnswer.limit && history.count <= measures.rows.count, "more than NetAtmo sends")
        let points = history.points(of: .temperature) + history.points(of: .rain)
        try require(points.allSatisfy { $0.value?.isFinite ?? true }, "a measure that is no number")
        try require(
            points.allSatisfy { $0.extremes.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true }, "extremes that are none")
        let times = history.points(of: .rain).map(\.time)
        try require(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "times that do not rise")
    }

    private static func check(_ error: NetatmoError, of answer: NetatmoAnswer) throws(Violation) {
        try requireOneLine(error.description)
        // The middle of the body as a secret that NetAtmo repeats.
        let middle = answer.body[(answer.body.count / 3)..<(answer.body.count - answer.body.count / 3)].prefix(100)
        guard middle.count >= 8, let text = String(validating: middle, as: UTF8.self), let secret = Secret(text) else { return }
        let hidden = error.hiding([secret])
        let isHidden = [hidden.code, hidden.message].compactMap(\.self).allSatisfy { !$0.contains(text) || $0.contains("withheld") }
        try require(isHidden, "the error shows a secret")
    }

    private static func check(_ station: Station) throws(Violation) {
        for name in [station.name, station.homeName, station.homeID, station.place?.city, station.place?.timeZone] {
            try check(name: name)
        }
        try require(station.place?.altitude?.isFinite ?? true, "an altitude that is no number")
        for device in station.devices {
            try require(!device.id.isEmpty && !device.id.contains(where: \.isWhitespace), "an id with blanks")
            try require(!device.displayName.isEmpty, "nothing to show as its name")
            try check(name: device.name)
            try check(device)
        }
    }

    private static func check(_ device: Device) throws(Violation) {
        try require(device.battery?.percent.map { (0...100).contains($0) } ?? true, "a battery out of range")
        switch device.signal {
        case .wifi(let value), .radio(let value): try require((0..<255).contains(value), "a signal out of range")
        case nil: break
        }
        let values = device.readings?.values.values ?? []
        try require(values.allSatisfy(\.isFinite), "a reading that is no number")
        let readings = device.readings
        let times = [device.lastSeen, readings?.time].compactMap(\.self) + (readings?.times.values ?? [])
        try require(times.allSatisfy { $0.timeIntervalSince1970 > 0 && $0.timeIntervalSince1970 < 1e11 }, "a time that can't be")
    }

    private static func check(name: String?) throws(Violation) {
        try require((name?.unicodeScalars.count ?? 0) <= 257, "a name without end")
    }
}
