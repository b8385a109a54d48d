import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("Keys")
struct KeyTests {
    private var state = Scenes.state()

    private mutating func press(_ keys: Key...) -> [Effect?] {
        keys.map { state.handle(.key($0)) }
    }

    @Test("r, t, Ctrl-L, Ctrl-Z and q ask for what they say")
    mutating func effects() {
        #expect(
            press(.character("r"), .character("t"), .control("l"), .control("z"), .character("q")) == [
                .fetch, .renew, .redraw, .suspend, .quit,
            ])
    }

    @Test("Esc never quits, wherever it is pressed")
    mutating func escape() {
        #expect(press(.escape, .character("?"), .escape, .character("a"), .escape, .escape) == [nil, nil, nil, .offerSignIn, nil, nil])
    }

    @Test(
        "a key that is bound nowhere does nothing", arguments: [Key.character("x"), .function(7), .insert, .control("x"), .character("é")])
    mutating func unbound(_ key: Key) {
        let before = state.frame
        #expect(press(key) == [nil])
        #expect(state.frame == before)
    }

    @Test("Tab, Shift-Tab and the arrows to the sides go round the panels")
    mutating func focus() {
        #expect(state.focus.panel == .readings)
        _ = press(.tab)
        #expect(state.focus.panel == .charts)
        _ = press(.tab)
        #expect(state.focus.panel == .events)
        _ = press(.backTab, .backTab)
        #expect(state.focus.panel == .readings)
        _ = press(.left)
        #expect(state.focus.panel == .events)
        _ = press(.right)
        #expect(state.focus.panel == .readings)
    }

    @Test("arrows and j and k move the selection and stop at the ends")
    mutating func selection() {
        _ = press(.up)
        #expect(state.readings.selectedDevice?.name == "Stue")
        _ = press(.down, .character("j"), .character("k"))
        #expect(state.readings.selectedDevice?.name == "Ute")
        _ = press(.end)
        #expect(state.readings.selectedDevice?.name == "Soverom")
        _ = press(.pageDown)
        #expect(state.readings.selectedDevice?.name == "Soverom")
        _ = press(.home, .pageUp)
        #expect(state.readings.selectedDevice?.name == "Stue")
    }

    @Test("each key of the footer is in the help")
    mutating func help() {
        _ = press(.character("?"))
        state.size = Size(columns: 110, rows: 120)
        let text = state.frame.lines.joined(separator: "\n")
        for binding in KeyBinding.main + KeyBinding.filter + KeyBinding.module + KeyBinding.chart + KeyBinding.log + KeyBinding.signIn
        where !binding.help.isEmpty {
            #expect(text.contains(binding.help), "\(binding.name)")
        }
    }

    @Test("the help scrolls to its last line on the smallest screen")
    mutating func helpEnd() {
        state.size = Size(columns: 40, rows: 10)
        _ = press(.character("?"), .end)
        let end = "terminal."
        #expect(state.frame.lines.contains { $0.contains(end) })
        _ = press(.up, .up)
        #expect(!state.frame.lines.contains { $0.contains(end) })
        for _ in 0..<40 { _ = state.handle(.mouse(MouseEvent(position: Point(column: 5, row: 5), kind: .wheelDown))) }
        #expect(state.frame.lines.contains { $0.contains(end) })
    }

    @Test(
        "no key is bound twice in one view",
        arguments: [
            KeyBinding.main, KeyBinding.filter, KeyBinding.module, KeyBinding.chart, KeyBinding.log, KeyBinding.signIn, KeyBinding.help,
        ])
    func distinct(_ bindings: [KeyBinding]) {
        let keys = bindings.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    @Test("a paste outside of the sign-in is not taken for keys")
    mutating func strayPaste() {
        #expect(state.handle(.paste("qqq")) == nil)
        #expect(state.handle(.key(.character("r"))) == .fetch)
    }

    @Test("a hang-up quits, a resize changes the size, coming back draws anew")
    mutating func terminal() {
        #expect(state.handle(.hangUp) == .quit)
        #expect(state.handle(.resize(Size(columns: 50, rows: 20))) == nil)
        #expect(state.frame.size == Size(columns: 50, rows: 20))
        #expect(state.handle(.resumed) == .redraw)
    }

    @Test("a click focuses the panel under it, the wheel scrolls it")
    mutating func mouse() {
        _ = state.handle(.mouse(MouseEvent(position: Point(column: 5, row: 25), kind: .press)))
        #expect(state.focus.panel == .events)
        _ = state.handle(.mouse(MouseEvent(position: Point(column: 80, row: 5), kind: .wheelDown)))
        #expect(state.readings.selectedDevice?.name == "Ute")
        #expect(state.focus.panel == .events)
    }

    @Test("the history shows no half of a number: the words that have no room go, but not so many that one is left")
    func narrowHistory() {
        let events = [
            Event(time: Scenes.now, kind: .tokenRenewed(until: Scenes.now.addingTimeInterval(10_800), took: .seconds(1))),
            Event(time: Scenes.now, kind: .dataFetched(modules: 13, took: .milliseconds(1557))),
        ]
        let lines = Scenes.state(Scenes.snapshot(events: events), columns: 80, rows: 24).frame.lines
        #expect(lines.contains { $0.contains("ok      13 modules   ") && !$0.contains("15") })
        #expect(lines.contains { $0.contains("renewed until 2") && $0.contains("…") })
    }

    @Test("keys that change a chart say where it is, where the screen has no room for one", arguments: ["+", "-", "[", "]"] as [Character])
    func noChart(key: Character) {
        var small = Scenes.main(columns: 80, rows: 24)
        _ = small.handle(.key(.character(key)))
        #expect(small.message?.content == .note("No room for a chart here: Enter shows the module with its charts", .accent))
        var large = Scenes.main(columns: 120, rows: 36)
        _ = large.handle(.key(.character(key)))
        #expect(large.message == nil)
        _ = small.handle(.key(.enter))
        small.message = nil
        _ = small.handle(.key(.character(key)))
        #expect(small.message == nil)
    }

    @Test("the end of the events is where its oldest event is in the last row")
    func endOfEvents() throws {
        let events = (0..<60).map { Event(time: Scenes.now.addingTimeInterval(Double($0)), kind: .exporterStarted(address: ":\($0)")) }
        var state = Scenes.state(Scenes.snapshot(events: events))
        let rect = try #require(state.layout.rect(of: .events))
        for _ in 0..<2 {
            state.move(.last, in: .events)
            #expect(state.events.offset == 60 - (rect.rows - 2))
            #expect(state.frame.lines[rect.endRow - 2].contains("started :0"))
        }
    }

    @Test("a click selects the module under it; what is selected already is opened, a heading is nothing")
    mutating func clickOnModule() throws {
        func click(_ text: String) throws -> Effect? {
            let row = try #require(state.frame.lines.firstIndex { $0.contains(text) })
            return state.handle(.mouse(MouseEvent(position: Point(column: 60, row: row), kind: .press)))
        }
        _ = press(.tab, .tab)
        #expect(try click("Vind") == nil)
        #expect(state.readings.selectedDevice?.name == "Vind")
        #expect(state.focus.panel == .readings)
        _ = try click("Geilo")
        #expect(state.readings.selectedDevice?.name == "Vind")
        state.size = Size(columns: 120, rows: 16)
        _ = press(.end)
        let last = try #require(state.readings.selectedDevice?.name)
        _ = press(.up, .up)
        _ = try click(last)
        #expect(state.readings.selectedDevice?.name == last, "also where the table is scrolled")
    }

    @Test("a click on a key at the foot of the screen presses it, in each view; between two it does nothing")
    mutating func clickOnKey() throws {
        func click(_ label: String, offset: Int = 0) throws -> Effect? {
            let line = try #require(state.frame.lines.last)
            let start = try #require(line.firstRange(of: label)).lowerBound
            let column = line.distance(from: line.startIndex, to: start) + offset
            return state.handle(.mouse(MouseEvent(position: Point(column: column, row: state.size.rows - 1), kind: .press)))
        }
        #expect(try click("Fetch now") == .fetch)
        #expect(try click("r Fetch") == .fetch)
        #expect(try click("r Fetch", offset: -1) == nil)
        let place = try #require(state.frame.lines.last?.firstRange(of: "r Fetch")).lowerBound
        let hidden = state.frame.lines.last?.distance(from: state.frame.lines.last?.startIndex ?? place, to: place) ?? 0
        var covered = state
        covered.say("a message in place of the keys", .accent)
        #expect(covered.handle(.mouse(MouseEvent(position: Point(column: hidden, row: state.size.rows - 1), kind: .press))) == nil)
        #expect(try click("Log") == nil)
        #expect(state.frame.lines[1].hasPrefix("╭ Log"))
        _ = try click("Back")
        _ = try click("Help")
        #expect(state.help != nil)
        _ = try click("Back")
        #expect(state.help == nil)
        #expect(try click("Quit") == .quit)
    }

    @Test("a token that is in memory alone is not quit by one q, and not by a click either; a signal does not ask")
    mutating func quitting() throws {
        let unsaved = try #require(Scenes.tokens.first { $0.name == "unsaved" }?.status)
        state.take(Scenes.snapshot(token: unsaved))
        #expect(press(.character("q")) == [nil])
        #expect(state.frame.lines.last?.contains("q again quits") == true)
        #expect(press(.character("q")) == [.quit])
        state.take(.fetch(.started))
        #expect(press(.character("q")) == [nil], "another message is no such question")
        state.tick(now: Scenes.now.addingTimeInterval(60))
        #expect(press(.character("?"), .character("q")) == [nil, nil], "asked again after a while, and in every view")
        #expect(state.handle(.hangUp) == .quit)
        state.take(Scenes.snapshot())
        #expect(press(.character("q")) == [.quit], "once it is saved nobody is asked")
        state.take(Scenes.snapshot(token: try #require(Scenes.tokens.first { $0.name == "blocked" }?.status)))
        #expect(press(.character("q")) == [.quit], "nor where a new one could not be: nothing is lost by it")
    }

    @Test("a message goes away after five seconds")
    mutating func message() {
        state.take(.fetch(.noToken))
        #expect(state.frame.lines.last?.contains("No token to fetch with") == true)
        state.tick(now: Scenes.now.addingTimeInterval(4))
        #expect(state.message != nil)
        state.tick(now: Scenes.now.addingTimeInterval(5))
        #expect(state.frame.lines.last?.contains("Sign in") == true)
    }

    @Test("looking at older events, new ones do not push them away")
    mutating func olderEvents() {
        let many = (0..<100).map {
            Event(time: Scenes.now.addingTimeInterval(Double($0) - 100), kind: .dataFetched(modules: $0, took: .zero))
        }
        state.take(Scenes.snapshot(events: many))
        _ = press(.tab, .tab, .down, .down)
        let shown = state.frame.lines.filter { $0.contains("data  ok") }.first
        state.take(Scenes.snapshot(events: many + [Event(time: Scenes.now, kind: .tokenMissing)]))
        #expect(state.frame.lines.filter { $0.contains("data  ok") }.first == shown)
    }
}
