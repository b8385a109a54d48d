import EngineAPI
import Foundation
import TestSupport
import Testing

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem
@testable import Server

@Suite("What pages ask NetAtmo for")
struct PageHistoriesTests {
    private let clock = ManualClock()
    private let played = PlayedHistories()

    private static func subject(_ number: Int = 1) -> HistorySubject {
        HistorySubject(deviceID: "\(number)", moduleID: nil, measures: [.temperature], scale: .day)
    }

    /// Runs what asks while `body` wishes.
    private func run(_ body: (PageHistories) async throws -> Void) async throws {
        let histories = PageHistories(source: played.source, clock: clock)
        let service = Task { await histories.run() }
        defer { service.cancel() }
        try await body(histories)
    }

    @Test("However often a page is looked at, a history is asked for once in ten minutes")
    func once() async throws {
        try await run { histories in
            for _ in 0..<50 { _ = await histories.wish(for: Self.subject()) }
            _ = try await until("the answer") { await histories.version == 1 ? true : nil }
            #expect(await histories.wish(for: Self.subject()) == .later)
            clock.advance(by: .seconds(PageHistories.pause - 1))
            #expect(await histories.wish(for: Self.subject()) == .later)
            #expect(played.asked == [Self.subject()])
            clock.advance(by: .seconds(1))
            #expect(await histories.wish(for: Self.subject()) == .underWay(behind: 0))
            _ = try await until("the second") { await histories.version == 2 ? true : nil }
            #expect(played.asked.count == 2)
        }
    }

    @Test("Few wait at a time, and so many are asked for in an hour")
    func bounds() async throws {
        let histories = PageHistories(source: played.source, clock: clock)
        for number in 0..<100 {
            #expect(
                await histories.wish(for: Self.subject(number)) == (number < PageHistories.mostWaiting ? .underWay(behind: number) : .later)
            )
        }
        let service = Task { await histories.run() }
        defer { service.cancel() }
        var next = 1000
        for round in 0..<20 {
            let count = min(PageHistories.mostInAnHour, PageHistories.mostWaiting * (round + 1))
            _ = try await until("the answers") { [played] in played.asked.count == count ? true : nil }
            for _ in 0..<PageHistories.mostWaiting {
                next += 1
                _ = await histories.wish(for: Self.subject(next))
            }
        }
        #expect(played.asked.count == PageHistories.mostInAnHour)
        clock.advance(by: .seconds(3600))
        #expect(await histories.wish(for: Self.subject()) == .underWay(behind: 0))
    }

    @Test("One that the user's own wish overtook takes its turn again")
    func overtaken() async throws {
        played.fail(with: .overtaken)
        try await run { histories in
            _ = await histories.wish(for: Self.subject())
            _ = try await until("the second try", every: .milliseconds(1)) { [played] in played.asked.count > 1 ? true : nil }
            #expect(await histories.wish(for: Self.subject()) == .underWay(behind: 0))
            played.fail(with: nil)
            _ = try await until("the answer") { await histories.version == 1 ? true : nil }
        }
    }

    @Test("After a failure it is said, and asked for again when NetAtmo may be asked")
    func failures() async throws {
        let next = clock.now.addingTimeInterval(300)
        let error = HistoryError.failed(NetatmoError(.outage, status: 503), next: next)
        played.fail(with: error)
        try await run { histories in
            _ = await histories.wish(for: Self.subject())
            _ = try await until("the failure") { await histories.version == 1 ? true : nil }
            #expect(await histories.wish(for: Self.subject()) == .failed(error))
            #expect(PageHistories.Outlook.failed(error).words(now: clock.now, time: .utc).contains("next try at 17:23:05"))
            clock.advance(by: .seconds(299))
            #expect(await histories.wish(for: Self.subject()) == .failed(error))
            played.fail(with: nil)
            clock.advance(by: .seconds(1))
            #expect(await histories.wish(for: Self.subject()) == .underWay(behind: 0))
            _ = try await until("the answer") { await histories.version == 2 ? true : nil }
        }
    }
}
