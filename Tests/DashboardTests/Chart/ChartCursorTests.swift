import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("The cursor in the charts")
struct ChartCursorTests {
    private var state = Scenes.main(columns: 120, rows: 36)

    private mutating func press(_ keys: Key...) {
        for key in keys { _ = state.handle(.key(key)) }
    }

    /// How long before now the cursor is, in minutes.
    private var minutes: Double? { state.chart.cursor.map { (Scenes.now.timeIntervalSince($0) / 6).rounded() / 10 } }

    private func title(_ text: String) -> Bool {
        state.frame.lines.contains { $0.contains("Stue · Temperature · 24 h") && $0.contains(text) }
    }

    @Test("the arrows move it once a chart has the focus, with Shift ten steps, and no further than there is something")
    mutating func moves() {
        press(.right)
        #expect(state.focus.panel == .charts && minutes == nil, "the arrow that leads there is no step yet")
        press(.left)
        #expect(minutes == 0)
        press(.left, .left, .shiftLeft, .right)
        #expect(minutes == 165)
        press(.shiftRight, .shiftRight)
        #expect(minutes == 0)
        for _ in 0..<20 { press(.shiftLeft) }
        #expect(minutes.map { (24 * 60 - 10...24 * 60).contains($0) } == true)
    }

    @Test("Shift goes ten steps on as it goes ten steps back")
    mutating func tenStepsOn() {
        press(.right, .left, .shiftLeft, .shiftLeft, .shiftLeft)
        #expect(minutes == 450)
        press(.shiftRight)
        #expect(minutes == 300)
        press(.right)
        #expect(minutes == 285)
    }

    @Test("time and value of the nearest measurement stand in the title; without the cursor what is now")
    mutating func titles() {
        #expect(title("21.4 °C"))
        press(.tab, .left, .shiftLeft)
        #expect(title("14:47  "), "\(state.frame.lines[18...20])")
        press(.shiftLeft, .shiftLeft, .shiftLeft, .shiftLeft, .shiftLeft, .right, .right, .right)
        // Where nothing was measured.
        #expect(title("03:03  –"))
        press(.escape)
        #expect(title("21.4 °C"))
    }

    @Test("Esc takes it away before it closes what it is in, and Tab does too")
    mutating func leaves() {
        press(.enter, .tab, .left)
        #expect(minutes == 0)
        press(.escape)
        #expect(minutes == nil)
        #expect(state.frame.lines[1].hasPrefix("╭ Stue · Base station"))
        press(.left, .tab)
        #expect(minutes == nil)
        press(.escape)
        #expect(!state.frame.lines[1].hasPrefix("╭ Stue · Base station"))
        press(.tab, .left, .tab)
        #expect(minutes == nil && state.focus.panel == .events)
    }

    @Test(
        "a click into a chart puts the cursor there and gives the chart the focus; dragging moves it, but not beyond the charts, nor without a click"
    )
    mutating func mouse() throws {
        let (cell, place) = try #require(state.chartPlaces.first)
        func act(_ kind: MouseEvent.Kind, _ column: Int, _ row: Int = 5) {
            _ = state.handle(.mouse(MouseEvent(position: Point(column: place.column + column, row: place.row + row), kind: kind)))
        }
        act(.drag, 40)
        #expect(state.chart.cursor == nil && state.focus.panel == .readings)
        act(.press, 40)
        let first = try #require(state.chart.cursor)
        #expect(state.focus.panel == .charts && state.readings.selectedDevice?.id == cell.module.id)
        act(.drag, 41)
        let second = try #require(state.chart.cursor)
        act(.drag, 42, 9)
        let third = try #require(state.chart.cursor)
        #expect(second > first && abs(third.timeIntervalSince(second) - second.timeIntervalSince(first)) < 1)
        act(.drag, 42, -3)
        act(.drag, -8)
        #expect(state.chart.cursor == third)
        act(.press, place.columns - 2)
        #expect(state.chart.cursor ?? .distantFuture <= state.now)
        _ = state.handle(.key(.escape))
        #expect(state.chart.cursor == nil)
    }

    @Test("in a module the arrows go to other modules unless Tab gave them to the charts")
    mutating func moduleView() {
        press(.enter, .right)
        #expect(state.readings.selectedDevice?.name == "Ute")
        press(.tab, .left, .left)
        #expect(state.readings.selectedDevice?.name == "Ute" && minutes == 15)
        press(.down)
        #expect(state.readings.selectedDevice?.name == "Regn")
    }

    @Test("of rain it says the hour's sum, of the wind its direction and gusts")
    mutating func others() {
        press(.down, .down, .tab, .left, .shiftLeft)
        #expect(
            state.frame.lines.contains { $0.contains("Regn · Rain · 24 h") && $0.contains("Mon 14:00 to 15:00  ") && $0.contains(" mm") })
        press(.down)
        #expect(state.frame.lines.contains { $0.contains("Vind · Wind · 24 h") && $0.contains("14:47  ") && $0.contains("gusts ") })
    }

    @Test("a time is told as exactly as the steps of its scale")
    func moments() {
        let environment = Scenes.state().environment
        func text(_ hours: Double, _ scale: HistoryScale) -> String {
            environment.moment(Scenes.now.addingTimeInterval(-hours * 3600), scale: scale)
        }
        #expect(text(1, .measurement) == "16:18")
        #expect(text(24, .halfHour) == "Sun 17:18")
        #expect(text(24 * 20, .threeHours) == "3 Nov 17:18")
        #expect(text(24 * 20, .day) == "3 Nov" && text(24 * 400, .day) == "19 Oct 2025")
        #expect(text(24 * 400, .week) == "week of 19 Oct 2025" && text(24 * 400, .month) == "Oct 2025")
    }

    @Test(
        "no size and no span is a reason to crash", arguments: HistorySpan.allCases,
        [Size(columns: 40, rows: 10), Size(columns: 140, rows: 40)])
    mutating func anySpan(span: HistorySpan, size: Size) {
        state = Scenes.main(columns: size.columns, rows: size.rows)
        for _ in 0..<8 { press(.character("-")) }
        while state.chart.span != span { press(.character("+")) }
        for _ in 0..<5 {
            press(.tab, .left, .shiftLeft, .down)
            #expect(state.frame.size == size)
            press(.enter, .tab, .left)
            #expect(state.frame.size == size)
            press(.escape, .escape)
        }
    }
}
