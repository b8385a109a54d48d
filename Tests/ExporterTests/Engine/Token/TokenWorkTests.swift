import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo

@Suite("What the token's keeper does next")
struct TokenWorkTests {
    private let now = SampleStations.now
    private let adopt = TokenOrder.adopt(refreshToken: SampleTokens.secret("r9"))

    @Test("orders have their turn one after the other, before a renewal that is due")
    func turns() throws {
        var work = TokenWork()
        #expect(work.next(isRenewalDue: false)?.order == nil)
        _ = work.take(adopt)
        _ = work.take(.refresh)
        #expect(work.next(isRenewalDue: true)?.order == adopt)
        #expect(work.next(isRenewalDue: false)?.order == .refresh)
        #expect(work.next(isRenewalDue: false)?.order == nil)
        #expect(work.next(isRenewalDue: true)?.order == .refresh)
    }

    @Test("a renewal that waits or runs serves all who want one; a sign-in is never another's")
    func joined() throws {
        var work = TokenWork()
        let waiting = try some(work.take(.refresh))
        #expect(work.take(.refresh)?.outcome === waiting.outcome)
        let entry = try some(work.next(isRenewalDue: false))
        work.begin(entry, at: now)
        #expect(work.take(.refresh)?.outcome === waiting.outcome)
        #expect(work.next(isRenewalDue: false)?.order == nil, "no second one")
        let signIn = try some(work.take(adopt))
        #expect(work.take(adopt)?.outcome !== signIn.outcome)
    }

    @Test("what is wanted while nothing can be saved is owed, and comes once")
    func owed() {
        var work = TokenWork()
        work.wantRenewal(canSave: false)
        #expect(work.isRenewalOwed)
        #expect(work.next(isRenewalDue: false)?.order == nil)
        work.noteNewPair()
        #expect(!work.isRenewalOwed, "a sign-in brought one")
        work.oweRenewal()
        work.wantRenewal(canSave: true)
        work.wantRenewal(canSave: true)
        #expect(!work.isRenewalOwed)
        #expect(work.next(isRenewalDue: false)?.order == .refresh)
        #expect(work.next(isRenewalDue: false)?.order == nil)
    }

    @Test("a change of the file waits for the answer that is under way, and for no other one")
    func fileChange() throws {
        var work = TokenWork()
        #expect(work.noteFileChange() == true, "nothing is under way")
        for changes in [true, false] {
            let entry = try some(work.next(isRenewalDue: true))
            work.begin(entry, at: now)
            if changes { #expect(work.noteFileChange() == false) }
            #expect(work.finish(at: now) == changes)
            #expect(work.noteFileChange() == true)
        }
    }

    @Test("the time of an answer is there once, for a look at whether the clock was set back")
    func answerTime() throws {
        var work = TokenWork()
        #expect(work.takeAnswerTime() == nil)
        work.begin(try some(work.next(isRenewalDue: true)), at: now)
        #expect(work.underWay?.since == now)
        #expect(work.takeAnswerTime() == nil)
        _ = work.finish(at: SampleStations.now(2))
        #expect(work.underWay == nil)
        #expect(work.takeAnswerTime() == SampleStations.now(2))
        #expect(work.takeAnswerTime() == nil)
    }

    @Test("at the end no order is taken any more, no change of the file looked at, and those that had no turn are given back")
    func end() {
        var work = TokenWork()
        _ = work.take(adopt)
        _ = work.take(.refresh)
        #expect(work.end().map(\.order) == [adopt, .refresh])
        #expect(work.take(.refresh)?.order == nil)
        #expect(work.noteFileChange() == false)
        #expect(work.end().isEmpty)
    }

    /// Unwraps what a change of the value gives, which a macro can't be handed.
    private func some(_ entry: TokenWork.Entry?) throws -> TokenWork.Entry {
        try #require(entry)
    }
}
