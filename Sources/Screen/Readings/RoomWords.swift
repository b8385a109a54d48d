import FoundationEssentials
import Homes
import TerminalUI

/// What a row says of a room behind its temperature, and of a boiler.
struct RoomWords {
    let environment: ViewEnvironment
    let isStale: Bool

    private var symbols: Symbols { environment.symbols }
    private var text: MeasureText { environment.measureText }

    /// The cells of the bar of the heating power, its ends included.
    private static let barCells = 8

    /// `→ 21.0° ▕███░░░▏ 60 % manual until 22:00`; what has no room is left out, the least important first: when a mode ends, that it is
    /// the schedule, the number, the bar.
    func line(of room: Device, columns: Int) -> Line {
        guard let readings = room.readings else { return "" }
        let isUsual = readings.roomHeating?.mode == .schedule
        let parts: [(importance: Int, line: Line)] = [
            (6, setpoint(readings)), (3, bar(readings)), (2, power(readings)), (5, window(readings)), (isUsual ? 1 : 4, mode(readings)),
        ]
        let whole = Line(parts.flatMap(\.line.spans))
        guard whole.width > columns else { return whole }
        var shown = (parts.dropLast() + [(isUsual ? 1 : 4, mode(readings, withEnd: false))]).filter { $0.line.width > 0 }
        while shown.reduce(0, { $0 + $1.line.width }) > columns {
            guard let least = shown.indices.min(by: { shown[$0].importance < shown[$1].importance }) else { break }
            shown.remove(at: least)
        }
        return Line(shown.flatMap(\.line.spans))
    }

    /// Whether it burns.
    func line(of boiler: Heating.Boiler) -> Line {
        let state = boiler.isOn ? Line("\(symbols.bullet) on", style(.warning)) : Line("\(symbols.hollowBullet) off", .muted)
        return boiler.hasComfortBoost ? state.adding("  comfort boost", style(.plain)) : state
    }

    private func setpoint(_ readings: Readings) -> Line {
        guard let setpoint = readings[.setpoint] else { return "" }
        let unit = symbols.isASCII ? text.unit(of: .setpoint) : symbols.degree
        let number = text.number(setpoint, of: .setpoint) + unit
        // Below each other: 7.0° and 21.0°.
        let blanks = String(repeating: " ", count: max(1, 6 - displayWidth(of: number)))
        return Line(" \(symbols.right)\(blanks)", .muted).adding(number, style(.plain))
    }

    private func bar(_ readings: Readings) -> Line {
        guard let power = readings[.heatingPower] else { return "" }
        let tinted = Style.accent.tinted(Measure.heatingPower.tint(of: power))
        let gauge = Gauge(fraction: power / 100, style: isStale ? .muted : tinted, symbols: symbols)
        return Line([Span(" ")] + gauge.line(columns: Self.barCells).spans)
    }

    private func power(_ readings: Readings) -> Line {
        guard let power = readings[.heatingPower] else { return "" }
        let number = text.number(power) + " %"
        return Line(String(repeating: " ", count: max(1, 6 - number.count)) + number, style(.plain))
    }

    private func window(_ readings: Readings) -> Line {
        readings.roomHeating?.isWindowOpen == true ? Line("  window open", style(.warning)) : ""
    }

    private func mode(_ readings: Readings, withEnd: Bool = true) -> Line {
        guard let room = readings.roomHeating, let mode = room.mode,
            let words = withEnd ? room.words(at: environment.now, until: environment.shortClock) : mode.word
        else { return "" }
        return Line("  " + words, mode == .schedule ? .muted : style(.plain))
    }

    private func style(_ style: Style) -> Style { isStale ? .muted : style }
}
