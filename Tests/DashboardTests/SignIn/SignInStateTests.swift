import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Screen
@testable import OperatingSystem

@Suite("The sign-in")
struct SignInStateTests {
    private var state: DashboardState
    private var text: String { state.frame.lines.joined(separator: "\n") }

    init() throws {
        state = Scenes.state()
        _ = state.handle(.key(.character("a")))
        state.take(.signInOffer(Scenes.offer))
    }

    @Test("a pasted secret is counted, never shown, and handed over by Enter")
    mutating func paste() throws {
        #expect(state.handle(.paste("0123456789abcdef|fedcba9876543210")) == nil)
        #expect(!text.contains("fedcba"))
        #expect(text.contains("••••"))
        #expect(state.handle(.key(.enter)) == .signIn(pasting: try #require(Secret("0123456789abcdef|fedcba9876543210"))))
        #expect(!text.contains("••••"), "it is not kept")
    }

    @Test("letters go to the field only while it has the focus")
    mutating func typing() throws {
        #expect(state.handle(.key(.character("o"))) == .openBrowser(url: "http://127.0.0.1:9210/auth/authorize"))
        _ = state.handle(.key(.tab))
        #expect(state.handle(.key(.character("o"))) == nil)
        #expect(state.handle(.key(.character("q"))) == nil)
        #expect(state.handle(.key(.enter)) == .signIn(pasting: try #require(Secret("oq"))))
        _ = state.handle(.key(.tab))
        #expect(state.handle(.key(.character("q"))) == .quit)
    }

    @Test("the address handed to a browser holds no key, since others can see a command's arguments")
    mutating func browser() {
        guard case .openBrowser(let url)? = state.handle(.key(.character("o"))) else {
            Issue.record("o opens no browser")
            return
        }
        #expect(!url.contains("key="))
    }

    @Test("Enter without a paste says so")
    mutating func nothing() {
        #expect(state.handle(.key(.enter)) == nil)
        #expect(text.contains("nothing was pasted yet"))
    }

    @Test("what came of it is said in words")
    mutating func outcomes() {
        state.take(.signIn(.failure(.unreadable(.blanks))))
        #expect(text.contains("there are blanks in it"))
        state.take(.browser(.failure(.noDisplay)))
        #expect(text.contains("no display here"))
        state.take(.browser(.success(())))
        state.take(Scenes.signInSnapshot(.waitingForNetatmo(since: Scenes.now)))
        #expect(text.contains("a browser was sent to NetAtmo"))
        state.take(Scenes.signInSnapshot(.succeeded(until: Scenes.now.addingTimeInterval(10_800))))
        #expect(text.contains("the token works until 20:18:05"))
        state.take(Scenes.signInSnapshot(.failed(reason: "access was denied at NetAtmo")))
        #expect(text.contains("access was denied"))
    }

    @Test("NetAtmo's refusal of what was pasted spends the addresses; a wrong paste does not")
    mutating func spent() {
        for error in [SignInError.unknownState, .unreadable(.tooShort), .unreachable] {
            state.take(.signIn(.failure(error)))
            #expect(text.contains(" left "), "\(error)")
        }
        for error in [SignInError.denied("access_denied"), .refusedCode] {
            state.take(.signIn(.failure(error)))
            #expect(text.contains("used: a gives new ones"), "\(error)")
            state.take(.signInOffer(Scenes.offer))
            #expect(!text.contains("a gives new ones"))
        }
    }

    @Test("addresses of a service that started anew are void, also where it has the same pid as before; those of one that hung are not")
    mutating func restarted() {
        let offered = SignInStatus.offered(expires: Scenes.now.addingTimeInterval(600))
        for (processID, status, isVoid) in [(812, offered, false), (812, .idle, true), (900, offered, true), (900, .idle, true)] {
            state.take(.signInOffer(Scenes.offer))
            take(.lost(Self.engine(812), since: Scenes.now, .ended), offered)
            #expect(!text.contains("a gives new ones"))
            take(.attached(Self.engine(Int32(processID))), status)
            #expect(text.contains("void: a gives new ones") == isVoid, "pid \(processID), \(status)")
        }
    }

    private mutating func take(_ connection: EngineConnection, _ status: SignInStatus) {
        var snapshot = Scenes.signInSnapshot(status)
        snapshot.connection = connection
        state.take(snapshot)
    }

    private static func engine(_ processID: Int32) -> EngineDescription {
        EngineDescription(
            command: "serve", processID: processID, build: BuildInformation(version: "1.2.3", commit: "abc1234"), staleAge: .seconds(3600),
            refreshInterval: .seconds(480), tokenFile: "/t")
    }

    @Test("Esc leaves, and what comes later does not bring it back")
    mutating func leaves() {
        _ = state.handle(.key(.escape))
        #expect(!text.contains("Sign in to NetAtmo"))
        state.take(.signIn(.success(())))
        #expect(!text.contains("Sign in to NetAtmo"))
    }

    @Test("the help lies over it and leaves what was typed; ? is a character while typing")
    mutating func help() throws {
        _ = state.handle(.key(.tab))
        _ = state.handle(.key(.character("?")))
        #expect(!text.contains("With a phone, step"))
        #expect(state.help == nil)
        _ = state.handle(.key(.function(1)))
        #expect(text.contains("Over SSH, without a tunnel"))
        #expect(text.contains("ssh -L 9210:127.0.0.1:9210 HOST"))
        #expect(state.handle(.key(.character("q"))) == .quit)
        _ = state.handle(.key(.escape))
        #expect(state.handle(.key(.enter)) == .signIn(pasting: try #require(Secret("?"))))
    }

    @Test("a asks for new addresses, and takes back what was said of the old ones")
    mutating func newAddresses() {
        state.take(.signIn(.failure(.unknownState)))
        #expect(state.handle(.key(.character("a"))) == .offerSignIn)
        #expect(!text.contains("belongs to no sign-in"))
    }

    @Test("c copies the address that is shown, n that of NetAtmo's page, and what came of it is said")
    mutating func copying() throws {
        let offer = try #require(Scenes.offer)
        guard case .copy(let first)? = state.handle(.key(.character("c"))), case .copy(let second)? = state.handle(.key(.character("n")))
        else {
            Issue.record("nothing is copied")
            return
        }
        #expect([first.address, second.address] == [offer.localURL, offer.netatmoURL])
        state.take(.copied(first, true))
        #expect(text.contains("the address went to the terminal's clipboard"))
        state.take(.copied(first, false))
        #expect(text.contains("this terminal has no clipboard to reach"))
    }

    @Test(
        "each reason for a wrong paste is said",
        arguments: [
            SignInError.unreadable(.empty), .unreadable(.tooLong), .unreadable(.tooShort), .unreadable(.blanks),
            .unreadable(.foreignCharacters),
            .unreadable(.incompleteAddress), .unreadable(.beginning), .unreadable(.noAnswer(host: "www.example.org")), .unknownState,
            .denied("access_denied"), .refusedToken, .refusedCode,
        ])
    mutating func wrongPaste(_ error: SignInError) {
        state.take(.signIn(.failure(error)))
        let shown = text.split(separator: " ").joined(separator: " ").replacing(" │ │ ", with: " ")
        for word in error.description.split(separator: " ") { #expect(shown.contains(word)) }
        #expect(shown.contains("✗ \(error.description.prefix(10))"))
    }

    @Test("what it says fits how the exporter is reached")
    mutating func reach() throws {
        let address = try #require(Secret("https://weather.example.org/auth/authorize?key=0123456789abcdefghijkl"))
        #expect(text.contains("on this machine") && text.contains("ssh -L 9210"))
        state.take(.signInOffer(Scenes.offer(phone: .complete(address))))
        #expect(text.contains("on any machine") && text.contains("scan the code and sign in there"))
        #expect(!text.contains("on this machine") && !text.contains("ssh -L"))
        state.take(.signInOffer(Scenes.offer(phone: .toBePasted(address))))
        #expect(text.contains("on this machine") && text.contains("paste its address here"))
    }

    @Test("a code is drawn where it has room: the short one at 24 rows, NetAtmo's page on larger screens, neither in ASCII")
    mutating func codes() throws {
        func hasCode() -> Bool {
            let frame = state.frame
            return (0..<frame.size.rows).contains { row in (0..<frame.size.columns).contains { frame[$0, row].style.role == .code } }
        }
        #expect(hasCode(), "NetAtmo's page at 120x36")
        state.size = Size(columns: 80, rows: 24)
        #expect(!hasCode())
        #expect(text.contains("No code for a phone"))
        state.take(
            .signInOffer(
                Scenes.offer(phone: .toBePasted(try #require(Secret("http://192.168.1.20:9210/auth/authorize?key=0123456789abcdefghijkl"))))
            ))
        #expect(hasCode())
        state.size = Size(columns: 80, rows: 20)
        #expect(!hasCode())
        state.size = Size(columns: 70, rows: 24)
        #expect(!hasCode())
        state.size = Size(columns: 80, rows: 24)
        state.tick(now: Scenes.now.addingTimeInterval(600))
        #expect(!hasCode(), "nor when it would lead nowhere any more")
    }

    @Test(
        "a click on the paste field gives it the keys, wherever the layout puts it; the words for it elsewhere do not",
        arguments: [(120, 36), (80, 24), (40, 12)])
    mutating func clickOnField(columns: Int, rows: Int) throws {
        _ = state.handle(.resize(Size(columns: columns, rows: rows)))
        // The engine's words say the same as the field's label.
        state.take(Scenes.signInSnapshot(.failed(reason: "Paste: it was of no use")))
        let lines = state.frame.lines
        let field = try #require(lines.firstIndex { $0.contains("Paste: ") })
        let words = try #require(lines.lastIndex { $0.contains("Paste: it") })
        #expect(field < words)
        func isTyping(afterClickAt column: Int, _ row: Int) -> Bool {
            var state = state
            #expect(state.handle(.mouse(MouseEvent(position: Point(column: column, row: row), kind: .press))) == nil)
            // A letter is the field's, or asks for new addresses.
            return state.handle(.key(.character("a"))) == nil
        }
        let start = try #require(lines[field].firstRange(of: "Paste: ")).lowerBound
        let column = lines[field].distance(from: lines[field].startIndex, to: start)
        #expect(isTyping(afterClickAt: column, field))
        #expect(!isTyping(afterClickAt: column, field - 1))
        #expect(!isTyping(afterClickAt: column, field + 1))
        #expect(!isTyping(afterClickAt: column, words))
        #expect(!isTyping(afterClickAt: 0, field), "the border is not the field")
    }

    @Test("a click is taken on any screen", arguments: [0, 1, 3, 40], [0, 1, 9, 10])
    mutating func clickAnywhere(columns: Int, rows: Int) {
        _ = state.handle(.resize(Size(columns: columns, rows: rows)))
        for row in 0...rows { _ = state.handle(.mouse(MouseEvent(position: Point(column: columns / 2, row: row), kind: .press))) }
        _ = state.frame
    }

    @Test("without an answering exporter it says what to do")
    mutating func noOffer() {
        state.take(.signInOffer(nil))
        #expect(text.contains("does not answer yet"))
    }

    @Test("once somebody signed in the addresses are used, until a gives new ones")
    mutating func used() {
        func hasCode() -> Bool { text.contains("▀") || text.contains("▄") }
        state.take(Scenes.signInSnapshot(.succeeded(until: Scenes.now.addingTimeInterval(10_800))))
        #expect(text.contains("used: a gives new ones"))
        #expect(!hasCode())
        #expect(state.handle(.key(.character("a"))) == .offerSignIn)
        state.take(.signInOffer(Scenes.offer))
        #expect(text.contains("9:41 left"))
    }

    @Test("the time left counts down, and its end is said")
    mutating func timeLeft() {
        #expect(text.contains("9:41 left"))
        state.tick(now: Scenes.now.addingTimeInterval(600))
        #expect(text.contains("expired: a gives new ones"))
    }
}

extension Scenes {
    fileprivate static func signInSnapshot(_ status: SignInStatus) -> Snapshot {
        let snapshot = snapshot()
        return Snapshot(
            token: snapshot.token, data: snapshot.data, events: snapshot.events, exporter: snapshot.exporter, signIn: status
        )
    }
}
