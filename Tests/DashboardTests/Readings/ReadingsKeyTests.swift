import FoundationEssentials
import TerminalUI
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("Keys of the readings")
struct ReadingsKeyTests {
    private var state = ReadingScenes.state(columns: 80, rows: 40)

    private mutating func press(_ keys: Key...) {
        for key in keys { #expect(state.handle(.key(key)) == nil) }
    }

    private mutating func type(_ text: String) {
        for character in text { #expect(state.handle(.key(.character(character))) == nil) }
    }

    private var selected: String? { state.readings.selectedDevice?.title }
    private var text: String { state.frame.lines.joined(separator: "\n") }

    @Test("The selected device stays selected through orders, filters and new readings")
    mutating func selection() {
        press(.down, .down, .down)
        #expect(selected == "Wind")
        for _ in ReadingsOrder.Criterion.allCases {
            type("s")
            #expect(selected == "Wind")
            #expect(text.contains("▸Wind"))
        }
        type("S")
        #expect(selected == "Wind")
        type("/wi")
        #expect(selected == "Wind")
        press(.escape)
        #expect(selected == "Wind")
        state.take(Scenes.snapshot(stations: ReadingScenes.stations.reversed()))
        #expect(selected == "Wind")
        #expect(text.contains("▸Wind"))
    }

    @Test("When the selected device is gone, one near it is selected")
    mutating func gone() {
        press(.end)
        #expect(selected == "Outdoor 04")
        state.take(Scenes.snapshot(stations: ReadingScenes.house))
        #expect(selected == "Workshop")
        state.take(Scenes.snapshot(stations: []))
        #expect(selected == nil)
        state.take(Scenes.snapshot(stations: ReadingScenes.house))
        #expect(selected == "Workshop")
    }

    @Test("A filter is applied as it is typed; Enter keeps it and gives the keys back, Esc shows all again")
    mutating func filter() {
        type("/quay")
        #expect(text.contains("Nothing matches"))
        #expect(text.contains("0 of 13"))
        press(.control("u"))
        type("room")
        #expect(text.contains("2 of 13"))
        #expect(selected == "Living room")
        press(.down)
        #expect(selected == "Bedroom")
        press(.backspace, .enter)
        #expect(text.contains("Readings / roo "))
        #expect(state.frame.cursor == nil)
        #expect(state.handle(.key(.character("q"))) == .quit)
        press(.escape)
        #expect(text.contains("13 modules"))
        #expect(selected == "Bedroom")
    }

    @Test("The cursor stands behind what was typed")
    mutating func cursor() throws {
        type("/at")
        let cursor = try #require(state.frame.cursor)
        #expect(state.frame.lines[cursor.row].contains("Readings / at "))
        #expect(state.frame[cursor.column - 1, cursor.row].glyph == "t")
    }

    @Test("While a filter is typed, the screen can be drawn anew and the program suspended, and a paste goes into it")
    mutating func keysWhileTyping() {
        type("/")
        #expect(state.handle(.key(.control("l"))) == .redraw)
        #expect(state.handle(.key(.control("z"))) == .suspend)
        _ = state.handle(.paste("att\n\u{1B}[2J\u{7}ic"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        press(.control("u"))
        _ = state.handle(.paste("attic"))
        #expect(selected == "Attic")
    }

    @Test("An order is marked in its column's heading, and turned around by S")
    mutating func sorting() {
        type("ss")
        #expect(text.contains("T °C ↓"))
        #expect(text.contains("By temperature, the warmest first"))
        type("S")
        #expect(text.contains("T °C ↑"))
        #expect(state.readings.list.device(atRow: 0)?.module.title == "Garden")
        type("ss")
        #expect(text.contains("CO₂ ↓"))
    }

    @Test(
        "The column that the readings are ordered by stays, however narrow the table",
        arguments: ["Hum ↓", "CO₂ ↓", "Batt ↑", "Radio ↑", "Age ↓"])
    mutating func sortedColumn(_ heading: String) {
        _ = state.handle(.resize(Size(columns: 40, rows: 30)))
        for _ in 0..<8 where !text.contains(heading) { type("s") }
        #expect(text.contains(heading))
    }

    @Test("On a screen that has room for the token alone, Tab shows the readings and the events in its place, and Esc the token again")
    mutating func oneAtATime() {
        _ = state.handle(.resize(Size(columns: 40, rows: 12)))
        #expect(text.contains("13 modules"))
        #expect(!text.contains("Readings"))
        press(.tab)
        #expect(text.contains("History"))
        press(.tab)
        #expect(text.contains("Readings"))
        #expect(text.contains("VALID"))
        #expect(text.contains("2:41:07"), "the token's state and the countdown stay")
        press(.escape)
        #expect(!text.contains("Readings"))
        press(.backTab)
        #expect(text.contains("Readings"))
        _ = state.handle(.resize(Size(columns: 120, rows: 36)))
        #expect(text.contains("Token") && text.contains("History") && text.contains("Readings"))
    }

    @Test("To order and to filter the readings shows them, wherever one was")
    mutating func orderAlone() {
        _ = state.handle(.resize(Size(columns: 40, rows: 12)))
        type("s")
        #expect(text.contains("Readings"))
        #expect(state.readings.order != ReadingsOrder())
        press(.escape)
        type("/")
        #expect(state.readings.filter.isTyping)
        #expect(text.contains("Readings /"))
    }

    @Test("However one scrolls, the selected device shows, and so do the headings above the first one", arguments: [17, 20, 24, 40])
    mutating func scrolling(rows: Int) {
        _ = state.handle(.resize(Size(columns: 80, rows: rows)))
        for key in Array(repeating: Key.down, count: 15) + Array(repeating: .up, count: 15) + [.end, .pageUp, .pageUp, .home, .pageDown] {
            press(key)
            #expect(text.contains("▸\(selected ?? "")"))
        }
        press(.home)
        #expect(selected == "Living room")
        if rows > 20 { #expect(text.contains("│ House · Bergen")) }
    }

    @Test("A smaller screen keeps the selected device in view")
    mutating func resizing() {
        press(.end)
        for size in [Size(columns: 120, rows: 20), Size(columns: 80, rows: 24), Size(columns: 200, rows: 50)] {
            _ = state.handle(.resize(size))
            #expect(text.contains("▸Outdoor 04"))
        }
    }

    @Test("A place on the screen leads to its row, a heading or the border to the panel alone")
    func places() throws {
        func region(_ text: String) throws -> HitRegion? {
            let row = try #require(state.frame.lines.firstIndex { $0.contains(text) })
            return state.region(at: Point(column: 10, row: row))
        }
        guard case .reading(let row)? = try region(" Attic") else {
            Issue.record("the row of a device is none")
            return
        }
        #expect(state.readings.list.device(atRow: row)?.module.title == "Attic")
        #expect(try region("│ House · Bergen") == .panel(.readings))
        #expect(try region("╭ Readings") == .panel(.readings))
        #expect(state.region(at: Point(column: 10, row: 0)) == nil)
    }

    @Test("Where the table is scrolled, the names of its columns are no row of it")
    mutating func columnNames() throws {
        _ = state.handle(.resize(Size(columns: 80, rows: 17)))
        press(.end)
        let names = try #require(state.frame.lines.firstIndex { $0.contains("Module  ") })
        let column = Point(column: 10, row: names)
        #expect(state.readings.offset > 0)
        #expect(state.region(at: column) == .panel(.readings))
        #expect(state.region(at: Point(column: 10, row: names + 1)) == .reading(row: state.readings.offset))
    }
}
