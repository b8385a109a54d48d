import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("An answer that goes over the control socket")
struct ReplyTests {
    private func again<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder.status().decode(Value.self, from: JSONEncoder.complete().encode(value))
    }

    @Test("to the wish to sign in has its addresses, whichever way the phone goes")
    func offer() throws {
        let key = try #require(Secret("http://127.0.0.1:9210/auth/authorize?key=k"))
        let netatmo = try #require(Secret("https://api.netatmo.com/oauth2/authorize?state=s"))
        for phone in [.complete(key), .toBePasted(netatmo), .unreachable] as [PhoneAddress] {
            let offer = SignInOffer(
                localURL: key, browserURL: "http://127.0.0.1:9210/auth/authorize", netatmoURL: netatmo, phone: phone,
                expires: SampleStations.now(600))
            let told = try again(offer)
            #expect(told.localURL == key && told.netatmoURL == netatmo && told.browserURL == offer.browserURL)
            #expect(told.expires == offer.expires)
            switch (told.phone, phone) {
            case (.complete(let address), .complete(key)): #expect(address == key)
            case (.toBePasted(let address), .toBePasted(netatmo)): #expect(address == netatmo)
            case (.unreachable, .unreachable): break
            default: Issue.record("another way: \(told.phone) for \(phone)")
            }
        }
        #expect(try again(SignInOffer?.none) == nil)
    }

    @Test("has each reply and each error as it was, the token file's path with it")
    func replies() throws {
        let soon = SampleStations.now(60)
        for reply in [.started, .alreadyUnderWay, .heldBack(until: soon), .noToken] as [FetchReply] { #expect(try again(reply) == reply) }
        for reply in [.started, .alreadyUnderWay, .heldBack(until: soon), .nothingToRenew, .notSavable(SampleEvents.fullDisk)]
            as [RenewalReply]
        {
            #expect(try again(reply) == reply)
        }
        let errors: [SignInError] = [
            .unreadable(.noAnswer(host: "h")), .unknownState, .denied("access_denied"), .foreignRedirect("http://x"), .unknownClient,
            .netatmo(NetatmoError(.busy, status: 429)), .refusedToken, .refusedCode, .notSavable(SampleEvents.fullDisk), .stopping,
        ]
        for error in errors { #expect(try again(SignInReply.failed(error)) == .failed(error)) }
        #expect(try again(SignInReply.signedIn(until: soon)) == .signedIn(until: soon))
        #expect(try again(PastedText(try #require(Secret("abc|def")))).text.reveal() == "abc|def")
        for error in [.noToken, .overtaken, .failed(NetatmoError(.outage, status: 503), next: soon)] as [HistoryError] {
            guard case .failed(error) = try again(HistoryReply.failed(error)) else { throw NothingTold() }
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PastedText.self, from: Data(#"{"text":""}"#.utf8)) }
    }

    @Test("has a history with its gaps; one whose numbers don't fit together is refused")
    func history() throws {
        var history = MeasureHistory(measures: [.temperature, .co2])
        for minute in 0..<10 {
            history.append(at: SampleStations.now(Double(minute * 300))) { $0 == .co2 && minute % 3 == 0 ? nil : 20.5 + Double(minute) }
        }
        guard case .history(let told) = try again(HistoryReply.history(history)) else { throw NothingTold() }
        for measure in [Measure.temperature, .co2] { #expect(told.points(of: measure) == history.points(of: measure)) }
        #expect(told.measures == history.measures && told.count == 10)
        let kept = try again(["70:ee": history, "": MeasureHistory(measures: [])])
        #expect(kept.count == 2 && kept["70:ee"]?.points(of: .co2) == history.points(of: .co2) && kept[""]?.measures == [])
        #expect(try again([String: MeasureHistory]()).isEmpty)
        func read(_ json: String) throws -> MeasureHistory { try JSONDecoder().decode(MeasureHistory.self, from: Data(json.utf8)) }
        #expect(try read(#"{"times":[1,2],"measures":["radon","co2"],"values":[[1,2],[3,null]]}"#).measures == [.co2])
        for wrong in [
            #"{"times":[1,1],"measures":["co2"],"values":[[1,2]]}"#, #"{"times":[2,1],"measures":["co2"],"values":[[1,2]]}"#,
            #"{"times":[1,2],"measures":["co2"],"values":[[1]]}"#, #"{"times":[1],"measures":["co2"],"values":[]}"#,
            #"{"times":[-1],"measures":["co2"],"values":[[1]]}"#, "[]",
        ] {
            #expect(throws: DecodingError.self, "\(wrong)") { try read(wrong) }
        }
    }

    private struct NothingTold: Error {}
}

@Suite("A snapshot's numbers")
struct SnapshotNumberTests {
    @Test("tell of a scrape once a second, however many there are, and the page of the exporter tells the last")
    func scrapes() async throws {
        let store = SnapshotStore()
        var told = store.snapshots(buffering: .unbounded).makeAsyncIterator()
        #expect(await told.next()?.lastScrape == nil)
        for hundredths in 0..<250 { store.noteScrape(at: SampleStations.now(Double(hundredths) / 100)) }
        store.update { $0.signIn = .exchanging }
        var times: [TimeInterval] = []
        while let snapshot = await told.next(), snapshot.signIn == .idle {
            times.append(try #require(snapshot.lastScrape).timeIntervalSince(SampleStations.now))
        }
        #expect(times == [0, 1, 2])
        #expect(store.lastScrape == SampleStations.now(2.49))
    }

    @Test("of events go on where the oldest are forgotten")
    func events() {
        let store = SnapshotStore()
        let log = EventLog(publisher: store, logger: CollectedLog().logger)
        for number in 0..<(EventLog.capacity + 3) { log.record(.exporterStarted(address: ":\(number)"), at: SampleStations.now) }
        #expect(store.snapshot.events.count == EventLog.capacity && store.snapshot.forgottenEvents == 3)
        #expect(store.snapshot.eventCount == EventLog.capacity + 3)
        #expect(store.snapshot.events.first?.kind == .exporterStarted(address: ":3"))
    }
}
