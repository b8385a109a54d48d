import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI
import Testing
import TestSupport

@testable import Dashboard

@Suite("The sign-in form")
struct SignInFormTests {
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
        state.take(.signIn(.failure(.unreadable)))
        #expect(text.contains("neither a refresh token nor the address"))
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

    @Test("Esc leaves, and what comes later does not bring it back")
    mutating func leaves() {
        _ = state.handle(.key(.escape))
        #expect(!text.contains("Sign in to NetAtmo"))
        state.take(.signIn(.success(())))
        #expect(!text.contains("Sign in to NetAtmo"))
    }

    @Test("without an answering exporter it says what to do")
    mutating func noOffer() {
        state.take(.signInOffer(nil))
        #expect(text.contains("does not answer yet"))
    }

    @Test("the time left counts down, and its end is said")
    mutating func timeLeft() {
        #expect(text.contains("9:41 left"))
        state.tick(now: Scenes.now.addingTimeInterval(600), lastScrape: nil)
        #expect(text.contains("addresses expired"))
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
