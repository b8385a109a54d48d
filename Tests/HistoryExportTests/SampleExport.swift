import FoundationEssentials
import Synchronization

@testable import HistoryExport
@testable import Homes

/// An order of a test, and what NetAtmo would answer.
enum SampleExport {
    /// A full hour of 2023.
    static let start = time(0)

    /// Seconds after the first of January 2023, in UTC.
    static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_672_531_200 + seconds) }

    static func device(
        _ module: String = "Ute", home: String = "Fjord", station: String = "Fjord (Stue)", id: String = "02:01",
        measures: [Measure] = [.temperature, .humidity], scale: HistoryScale = .measurement, setUp: Date? = nil
    ) -> ExportedDevice {
        ExportedDevice(
            home: home, module: module, station: station,
            subject: HistorySubject(deviceID: "70:01", moduleID: id, measures: measures, scale: scale), setUp: setUp)
    }

    static func order(
        _ format: ExportFormat = .csv, _ devices: [ExportedDevice] = [device()], scale: HistoryScale = .measurement, start: Date = start,
        end: Date = time(86_400 * 365), orderedAt: Date = time(86_400 * 400)
    ) -> ExportOrder {
        ExportOrder(format: format, scale: scale, start: start, end: end, orderedAt: orderedAt, devices: devices)
    }

    /// A measurement every 300 s from one time to another, as many as an answer holds; what is in a gap is not there.
    static func answer(
        _ subject: HistorySubject, from start: Date, to end: Date, step: Double = 300, gap: Range<Double> = 0..<0
    ) -> MeasureHistory {
        var history = MeasureHistory(measures: subject.measures)
        var seconds = (start.timeIntervalSince(Self.start) / step).rounded(.up) * step
        while time(seconds) <= end, history.count < 1024 {
            if !gap.contains(seconds) {
                let number = (seconds / step).truncatingRemainder(dividingBy: 1000)
                history.append(at: time(seconds)) { $0 == .temperature ? number / 10 : $0 == .humidity ? 50 : number }
            }
            seconds += step
        }
        return history
    }
}

/// What an export was given, in memory.
struct CollectedOutput: ExportOutput {
    var texts: [String: String] = [:]
    var positions: [ExportPosition] = []
    var isFinished = false

    mutating func take(_ pieces: [ExportPiece], position: ExportPosition) throws(ExportError) {
        for piece in pieces { texts[piece.file, default: ""] += piece.text }
        positions.append(position)
    }

    mutating func finish() throws(ExportError) { isFinished = true }
}
