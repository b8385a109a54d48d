import Foundation
import Synchronization
import Testing
import TestSupport

@testable import netatmo_dashboard

@Suite("The pace of single fetches")
struct FetchPaceTests {
    private let folder: TemporaryFolder
    private let time = Hands()

    private final class Hands: Sendable {
        private let seconds = Mutex(0.0)

        var now: Date { SampleStations.now.addingTimeInterval(seconds.withLock { $0 }) }

        func turn(by seconds: TimeInterval) {
            self.seconds.withLock { $0 += seconds }
        }
    }

    init() throws {
        folder = try TemporaryFolder()
    }

    private var pace: FetchPace { FetchPace(path: folder.path("token.json.lock"), now: { [time] in time.now }) }

    /// What a program does that fetches once, the wait included; its lock sets the file's time.
    private func fetch(requests: Int, isKilled: Bool = false) {
        time.turn(by: pace.wait)
        let before = pace.countedUntil
        if !FileManager.default.createFile(atPath: pace.path, contents: nil) { Issue.record("no lock file") }
        try? FileManager.default.setAttributes([.modificationDate: time.now], ofItemAtPath: pace.path)
        pace.count(nil, after: before)
        if !isKilled { pace.count(requests, after: before) }
    }

    @Test("However many requests a fetch makes, no hour has more than 500 where watch -n 2 starts one after the other", arguments: 1...6)
    func watch(requests: Int) {
        var times: [Date] = []
        while time.now < SampleStations.now(3 * 3600) {
            fetch(requests: requests)
            times += Array(repeating: time.now, count: requests)
            time.turn(by: 2)
        }
        let hours = zip(times, times.dropFirst(500)).map { $1.timeIntervalSince($0) }
        #expect(hours.allSatisfy { $0 >= 3600 }, "the 501st comes an hour after the first")
        #expect(times.count > 3 * 430, "and what is allowed goes")
    }

    @Test("The first and the second fetch wait for nothing, the third for its turn")
    func first() {
        #expect(pace.wait == 0, "there is no file yet")
        fetch(requests: 2)
        #expect(pace.wait == 0)
        fetch(requests: 1)
        #expect(abs(pace.wait - 8) < 0.001)
        time.turn(by: 8.01)
        #expect(pace.wait == 0)
    }

    @Test("One that is killed counts for the most that it can have sent")
    func killed() {
        fetch(requests: 1, isKilled: true)
        #expect(abs(pace.wait - 32) < 0.001)
    }

    @Test("Where nothing was sent there is nothing to wait for")
    func nothingSent() {
        for _ in 1...10 { fetch(requests: 0) }
        #expect(time.now == SampleStations.now)
    }

    @Test("A clock that is set back by a day makes nobody wait for a day")
    func setBack() {
        for _ in 1...3 { fetch(requests: 2) }
        time.turn(by: -86_400)
        #expect(pace.wait <= 48.001)
    }
}
