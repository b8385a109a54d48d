import TerminalUI
import Testing

@testable import Homes
@testable import Netatmo
@testable import Screen

@Suite("Which panel a key or a click is for")
struct RoutingTests {
    /// What can lie on top, and the keys that lead there.
    enum Top: Sendable, CaseIterable {
        case main, filter, log, module, signIn, help

        var keys: [Key] {
            switch self {
            case .main: []
            case .filter: [.character("/")]
            case .log: [.character("l")]
            case .module: [.enter]
            case .signIn: [.character("a")]
            case .help: [.character("?")]
            }
        }

        /// The name at the top of what shows.
        var title: String {
            switch self {
            case .main: "Readings ─"
            case .filter: "Readings / "
            case .log: "╭ Log "
            case .module: "╭ Stue · "
            case .signIn: "╭ Sign in to NetAtmo "
            case .help: "╭ Help "
            }
        }
    }

    private var state = Scenes.state(columns: 120, rows: 36)

    private mutating func open(_ top: Top) {
        state = Scenes.state(columns: 120, rows: 36)
        for key in top.keys { _ = state.handle(.key(key)) }
    }

    private func shows(_ top: Top) -> Bool {
        state.frame.lines.contains { $0.contains(top.title) }
    }

    @Test("each view opens by its key, and Esc closes it", arguments: Top.allCases)
    mutating func opens(_ top: Top) {
        open(top)
        #expect(shows(top))
        #expect(state.handle(.key(.escape)) == nil)
        #expect(shows(.main))
        #expect(top == .main || !shows(top))
    }

    /// A key, what it asks of the dashboard, and the views that bind it.
    struct Wish: Sendable {
        let key: Key
        let effect: Effect
        let tops: Set<Top>
    }

    static let wishes: [Wish] = [
        Wish(key: .control("l"), effect: .redraw, tops: Set(Top.allCases)),
        Wish(key: .control("z"), effect: .suspend, tops: Set(Top.allCases)),
        Wish(key: .character("q"), effect: .quit, tops: [.main, .log, .module, .signIn, .help]),
        Wish(key: .character("r"), effect: .fetch, tops: [.main, .log, .module]),
        Wish(key: .character("t"), effect: .renew, tops: [.main, .log, .module]),
        Wish(key: .character("a"), effect: .offerSignIn, tops: [.main, .log, .module, .signIn]),
    ]

    @Test("what no panel has of its own is asked of the dashboard, in each view that binds it", arguments: wishes)
    mutating func effects(_ wish: Wish) {
        for top in Top.allCases {
            open(top)
            #expect(state.handle(.key(wish.key)) == (wish.tops.contains(top) ? wish.effect : nil), "\(top)")
        }
    }

    @Test("an arrow is for what lies on top alone", arguments: Top.allCases)
    mutating func arrows(_ top: Top) {
        open(top)
        let first = state.readings.selectedDevice?.id
        state.take(Scenes.log)
        _ = state.handle(.key(.down))
        let moves: Set<Top> = [.main, .filter, .module]
        #expect((state.readings.selectedDevice?.id != first) == moves.contains(top))
        for _ in 0..<2 { _ = state.handle(.key(.escape)) }
        #expect(shows(.main))
    }

    @Test("Esc takes away one thing at a time: the help, what it lies over, the filter, a panel alone, the message")
    mutating func back() {
        _ = state.handle(.resize(Size(columns: 40, rows: 12)))
        for key in "/stu" { _ = state.handle(.key(.character(key))) }
        for key in [Key.enter, .character("l"), .character("?"), .escape] { _ = state.handle(.key(key)) }
        #expect(shows(.log) && !shows(.help))
        _ = state.handle(.key(.escape))
        #expect(shows(.filter) && !shows(.log))
        _ = state.handle(.key(.escape))
        #expect(shows(.main) && !shows(.filter))
        state.say("a message", .accent)
        _ = state.handle(.key(.escape))
        #expect(!shows(.main))
        #expect(state.frame.lines.last?.contains("a message") == true)
        _ = state.handle(.key(.escape))
        #expect(state.frame.lines.last?.contains("a message") == false)
    }

    @Test("a wheel scrolls what lies on top, wherever it turns; in the main view the panel below it")
    mutating func wheel() throws {
        func turn(_ column: Int, _ row: Int) {
            _ = state.handle(.mouse(MouseEvent(position: Point(column: column, row: row), kind: .wheelDown)))
        }
        let readings = try #require(state.layout.readings)
        let events = try #require(state.layout.events)
        let first = state.readings.selectedDevice?.id
        turn(events.column + 2, events.row + 2)
        turn(0, state.size.rows - 1)
        #expect(state.readings.selectedDevice?.id == first)
        turn(readings.column + 2, readings.row + 2)
        #expect(state.readings.selectedDevice?.id != first)
        for top in [Top.log, .help, .signIn] {
            open(top)
            turn(readings.column + 2, readings.row + 2)
            #expect(state.readings.selectedDevice?.id == first, "\(top)")
        }
    }

    @Test("a place stands for what the layout puts there, and for nothing below what lies over it")
    mutating func regions() throws {
        let layout = state.layout
        let events = try #require(layout.events)
        let readings = try #require(layout.readings)
        let places: [(Point, HitRegion?)] = [
            (Point(column: 0, row: 0), nil),
            (layout.token.origin, nil),
            (events.origin, .panel(.events)),
            (Point(column: events.endColumn - 1, row: events.endRow - 1), .panel(.events)),
            (readings.origin, .panel(.readings)),
            (Point(column: readings.column + 2, row: readings.row + 1), .panel(.readings)),
            (Point(column: readings.column + 2, row: readings.row + 3), .reading(row: 1)),
            (Point(column: 1, row: 35), .key(.character("a"))),
        ]
        for (place, region) in places { #expect(state.region(at: place) == region, "\(place)") }
        for top in [Top.log, .module, .signIn, .help] {
            open(top)
            for (place, _) in places.dropLast() { #expect(state.region(at: place) == nil, "\(top), \(place)") }
        }
    }
}
