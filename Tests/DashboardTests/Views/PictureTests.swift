import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen
@testable import OperatingSystem

@Suite("Pictures of the dashboard")
struct PictureTests {
    static let sizes = [
        Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 50),
    ]

    @Test("the main view", arguments: sizes, ["unicode", "ascii"])
    func main(_ size: Size, _ set: String) throws {
        let state = Scenes.main(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        try PictureFile.expect(state.frame, matches: "main-\(size.columns)x\(size.rows)-\(set)")
    }

    static let wideSizes = [Size(columns: 140, rows: 40), Size(columns: 200, rows: 50)]

    @Test(
        "charts side by side: of all measures of a module, of one of all modules, and of one beside its other spans",
        arguments: wideSizes, ["unicode", "ascii"])
    func grid(_ size: Size, _ set: String) throws {
        for (name, keys) in [
            ("measures", []), ("modules", [Key.character("c")]), ("wind", [.down, .down, .down]), ("rain", [.down, .down]),
        ] {
            var state = Scenes.main(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
            state.takeHistories(of: [.week, .month, .year])
            for key in keys { _ = state.handle(.key(key)) }
            try PictureFile.expect(state.frame, matches: "grid-\(name)-\(size.columns)x\(size.rows)-\(set)")
        }
    }

    @Test(
        "a module in full over a week, a month, a year and all", arguments: [HistorySpan.week, .month, .year, .all], ["unicode", "ascii"])
    func span(_ span: HistorySpan, _ set: String) throws {
        for (name, row) in [("base", 0), ("rain", 2)] {
            var state = Scenes.main(columns: 120, rows: 36, symbols: set == "ascii" ? .ascii : .unicode)
            state.takeHistories(of: [span])
            for key in Array(repeating: Key.down, count: row) + [.enter] { _ = state.handle(.key(key)) }
            while state.chart.span != span { _ = state.handle(.key(.character("+"))) }
            try PictureFile.expect(state.frame, matches: "span-\(span.rawValue)-\(name)-\(set)")
        }
    }

    @Test("the cursor in charts side by side", arguments: ["unicode", "ascii"])
    func cursor(_ set: String) throws {
        var state = Scenes.main(columns: 140, rows: 40, symbols: set == "ascii" ? .ascii : .unicode)
        for key in [Key.tab, .left, .shiftLeft, .shiftLeft] { _ = state.handle(.key(key)) }
        try PictureFile.expect(state.frame, matches: "cursor-140x40-\(set)")
    }

    static let charts: [(name: String, keys: [Key])] = [
        ("co2", [.character("]")]), ("rain", [.down, .down]), ("rain-3d", [.down, .down, .character("+")]),
        ("wind", [.down, .down, .down]), ("wind-3h", [.down, .down, .down, .character("-"), .character("-")]),
        ("unreachable", [.down, .down, .down, .down]),
    ]

    @Test("the charts in the main view", arguments: charts.indices, ["unicode", "ascii"])
    func chart(_ index: Int, _ set: String) throws {
        var state = Scenes.main(columns: 120, rows: 36, symbols: set == "ascii" ? .ascii : .unicode)
        for key in Self.charts[index].keys { _ = state.handle(.key(key)) }
        try PictureFile.expect(state.frame, rows: 18..<36, matches: "chart-\(Self.charts[index].name)-\(set)")
    }

    @Test("a chart without a history says why")
    func chartWithoutHistory() throws {
        var state = Scenes.state()
        _ = state.chartEffect()
        state.tick(now: Scenes.now.addingTimeInterval(1))
        guard case .history(let subject) = state.chartEffect() else {
            Issue.record("the chart asks for no history")
            return
        }
        try PictureFile.expect(state.frame, rows: 18..<36, matches: "chart-loading")
        let failure = HistoryError.failed(Scenes.outage, next: Scenes.now.addingTimeInterval(60))
        state.take(.history(.failure(failure), of: subject))
        _ = state.handle(.key(.character("]")))
        try PictureFile.expect(state.frame, rows: 18..<36, matches: "chart-failing")
        state.take(.history(.success(MeasureHistory(measures: subject.measures)), of: subject))
        try PictureFile.expect(state.frame, rows: 18..<36, matches: "chart-empty")
    }

    @Test("each state of the token on the smallest screen", arguments: Scenes.tokens.indices)
    func token(_ index: Int) throws {
        let (name, status) = Scenes.tokens[index]
        let state = Scenes.state(Scenes.snapshot(token: status), columns: 40, rows: 10)
        try PictureFile.expect(state.frame, matches: "token-\(name)")
    }

    @Test("each state of the token with room for a large countdown", arguments: Scenes.tokens.indices)
    func largeToken(_ index: Int) throws {
        let (name, status) = Scenes.tokens[index]
        let state = Scenes.state(Scenes.snapshot(token: status), columns: 120, rows: 36)
        let panel = MainLayout(size: state.size).token
        try PictureFile.expect(
            state.frame, rows: panel.row..<panel.endRow, columns: panel.column..<panel.endColumn, matches: "token-\(name)-large"
        )
    }

    @Test(
        "what a token in trouble says at 80 columns, where its panel is one of several",
        arguments: ["rejected", "unsaved", "blocked", "expiring-failing"])
    func troubledToken(_ name: String) throws {
        let status = try #require(Scenes.tokens.first { $0.name == name }?.status)
        let state = Scenes.state(Scenes.snapshot(token: status), columns: 80, rows: 24)
        try PictureFile.expect(state.frame, matches: "token-\(name)-80x24")
    }

    @Test("the sign-in", arguments: sizes, ["unicode", "ascii"])
    func signIn(_ size: Size, _ set: String) throws {
        let state = try Scenes.signIn(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        try PictureFile.expect(state.frame, matches: "sign-in-\(size.columns)x\(size.rows)-\(set)")
    }

    @Test(
        "the sign-in while a new token could not be saved: it says so at its top, why, and what to do", arguments: sizes,
        ["unicode", "ascii"])
    func blockedSignIn(_ size: Size, _ set: String) throws {
        let state = try Scenes.blockedSignIn(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        try PictureFile.expect(state.frame, matches: "sign-in-blocked-\(size.columns)x\(size.rows)-\(set)")
    }

    @Test(
        "that is read on all screens that are not too small, and there is a field to paste into",
        arguments: [Size(columns: 40, rows: 10)] + sizes + [Size(columns: 120, rows: 30), Size(columns: 300, rows: 10)], [true, false])
    func readableBlock(_ size: Size, withCode: Bool) throws {
        let phone = PhoneAddress.complete(try #require(Secret("https://weather.example.org/auth/authorize?key=0123456789abcdefghijkl")))
        let offer = withCode ? Scenes.offer(phone: phone) : Scenes.offer
        let frame = try Scenes.blockedSignIn(columns: size.columns, rows: size.rows, offer: offer).frame
        let words = frame.text(in: .warning).replacing("|", with: " ").split(separator: " ").joined(separator: " ")
        for part in [
            "sign-in would be refused", "can't create a new file beside it: Permission denied", "let the user who runs this program write",
        ] {
            #expect(words.contains(part), "\(words)")
        }
        #expect(frame.lines.contains { $0.contains("Paste: ") })
        let unblocked = try Scenes.signIn(columns: size.columns, rows: size.rows, offer: offer).frame
        #expect(!unblocked.lines.contains { $0.contains("refused") })
    }

    @Test(
        "what stands in the way of a new token is read in the token's panel, with where to see what to do where that has no room",
        arguments: ["blocked", "blocked-missing"],
        [Size(columns: 40, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 30), Size(columns: 120, rows: 36)])
    func readableObstacle(_ name: String, _ size: Size) throws {
        let status = try #require(Scenes.tokens.first { $0.name == name }?.status)
        let state = Scenes.state(Scenes.snapshot(token: status), columns: size.columns, rows: size.rows)
        let panel = MainLayout(size: size).token
        let picture = Picture(state.frame, rows: panel.row..<panel.endRow, columns: panel.column..<panel.endColumn)
        let words = picture.lines.joined(separator: " ").split { $0 == " " || $0 == "│" }.joined(separator: " ")
        #expect(words.contains("can't create a new file beside it: Permission denied"), "\(words)")
        #expect(words.contains("write to its directory") || words.contains("see the log (l)"), "\(words)")
        #expect(!words.contains("…"), "\(words)")
    }

    @Test("the sign-in for a phone, by its ways to reach the exporter")
    func signInByPhone() throws {
        let addresses = [
            (
                "network",
                PhoneAddress.toBePasted(try #require(Secret("http://192.168.1.20:9210/auth/authorize?key=0123456789abcdefghijkl")))
            ),
            ("anywhere", .complete(try #require(Secret("https://weather.example.org/auth/authorize?key=0123456789abcdefghijkl")))),
        ]
        for (name, phone) in addresses {
            for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)] {
                let state = try Scenes.signIn(columns: size.columns, rows: size.rows, offer: Scenes.offer(phone: phone))
                try PictureFile.expect(state.frame, matches: "sign-in-\(name)-\(size.columns)x\(size.rows)")
            }
        }
    }

    @Test("the steps of signing in", arguments: sizes, ["unicode", "ascii"])
    func signInHelp(_ size: Size, _ set: String) throws {
        var state = try Scenes.signIn(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        _ = state.handle(.key(.character("?")))
        try PictureFile.expect(state.frame, matches: "sign-in-help-\(size.columns)x\(size.rows)-\(set)")
    }

    @Test("the log", arguments: [Size(columns: 40, rows: 10)] + sizes, ["unicode", "ascii"])
    func log(_ size: Size, _ set: String) throws {
        var state = Scenes.state(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        state.take(Scenes.log)
        _ = state.handle(.key(.character("l")))
        try PictureFile.expect(state.frame, matches: "log-\(size.columns)x\(size.rows)-\(set)")
    }

    @Test("the log, scrolled back and to the side")
    func scrolledLog() throws {
        var state = Scenes.state(columns: 60, rows: 12)
        state.take(Scenes.log)
        for key in [Key.character("l"), .pageUp, .right, .right] { _ = state.handle(.key(key)) }
        try PictureFile.expect(state.frame, matches: "log-scrolled")
    }

    @Test("the log with a file that can't be written")
    func unwrittenLog() throws {
        var log = Scenes.log
        log.file = .failing(path: "/home/me/.local/state/netatmo-dashboard/log", reason: "can't write: No space left on device")
        var state = Scenes.state(columns: 60, rows: 12)
        state.take(log)
        _ = state.handle(.key(.character("l")))
        try PictureFile.expect(state.frame, matches: "log-unwritten")
    }

    @Test("a module in full, by what it measures", arguments: sizes, ["unicode", "ascii"])
    func module(_ size: Size, _ set: String) throws {
        for (name, row) in [("base", 0), ("rain", 2), ("wind", 3), ("unreachable", 4)] {
            var state = Scenes.main(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
            for key in Array(repeating: Key.down, count: row) + [.enter] { _ = state.handle(.key(key)) }
            try PictureFile.expect(state.frame, matches: "module-\(name)-\(size.columns)x\(size.rows)-\(set)")
        }
    }

    @Test("a module in full, scrolled to its charts on a small screen")
    func scrolledModule() throws {
        var state = Scenes.main(columns: 80, rows: 24)
        for key in [Key.enter, .end] { _ = state.handle(.key(key)) }
        try PictureFile.expect(state.frame, matches: "module-scrolled")
    }

    @Test("an outdoor module in full says how warm it feels, and what makes it so")
    func feltTemperature() throws {
        var state = Scenes.state(Scenes.snapshot(stations: SampleStations.taken))
        for key in [Key.down, .enter] { _ = state.handle(.key(key)) }
        #expect(state.frame.lines.contains { $0.contains("Feels like       −8.6 °C  wind chill") })
    }

    @Test("a module that is gone takes its view along")
    func moduleGone() {
        var state = Scenes.main(columns: 120, rows: 36)
        _ = state.handle(.key(.enter))
        #expect(state.frame.lines.contains { $0.contains("Firmware") })
        state.take(Scenes.snapshot(stations: []))
        #expect(!state.frame.lines.contains { $0.contains("Firmware") })
        #expect(state.frame.lines.contains { $0.contains("Readings") })
    }

    @Test("where the token alone has room, Tab shows the others in its place", arguments: ["unicode", "ascii"])
    func alone(_ set: String) throws {
        var state = Scenes.main(columns: 40, rows: 12, symbols: set == "ascii" ? .ascii : .unicode)
        for name in ["history", "readings"] {
            _ = state.handle(.key(.tab))
            try PictureFile.expect(state.frame, matches: "alone-\(name)-\(set)")
        }
    }

    @Test("what quitting would lose is asked about at the foot")
    func quitting() throws {
        let unsaved = try #require(Scenes.tokens.first { $0.name == "unsaved" }?.status)
        var state = Scenes.state(Scenes.snapshot(token: unsaved), columns: 80, rows: 24)
        _ = state.handle(.key(.character("q")))
        try PictureFile.expect(state.frame, rows: 23..<24, matches: "quitting")
    }

    @Test("values that need a look have the colour of their verdict")
    func verdicts() throws {
        let frame = Scenes.main(columns: 120, rows: 36).frame
        #expect(frame.text(in: .goodBlock).contains("VALID"))
        #expect(frame.text(in: .warning).contains("!12 %"))
        #expect(frame.text(in: .bad).contains("unreachable"))
        for (name, role) in [("rejected", Role.badBlock), ("renewing", .accentBlock), ("expiring-failing", .warningBlock)] {
            let status = try #require(Scenes.tokens.first { $0.name == name }?.status)
            #expect(Scenes.state(Scenes.snapshot(token: status)).frame.text(in: role).isEmpty == false, "\(name)")
        }
    }

    @Test("the help", arguments: sizes, ["unicode", "ascii"])
    func help(_ size: Size, _ set: String) throws {
        var state = Scenes.state(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
        _ = state.handle(.key(.character("?")))
        try PictureFile.expect(state.frame, matches: "help-\(size.columns)x\(size.rows)-\(set)")
    }

    @Test(
        "a screen that is too small says what it needs",
        arguments: [Size(columns: 39, rows: 10), Size(columns: 80, rows: 9), Size(columns: 10, rows: 3)])
    func tooSmall(_ size: Size) {
        let lines = Scenes.state(columns: size.columns, rows: size.rows).frame.lines
        #expect(lines.joined(separator: " ").contains("40x10"))
        #expect(lines.dropFirst(3).allSatisfy { $0.isEmpty }, "nothing else")
    }

    @Test("no size at all is no reason to crash", arguments: [0, 1, 2, 5, 41, 100, 500], [0, 1, 3, 11, 23, 200])
    func anySize(columns: Int, rows: Int) throws {
        let size = Size(columns: columns, rows: rows)
        #expect(try Scenes.blockedSignIn(columns: columns, rows: rows).frame.size == size)
        #expect(Scenes.main(columns: columns, rows: rows).frame.size == size)
        #expect(try Scenes.signIn(columns: columns, rows: rows).frame.size == size)
    }
}
