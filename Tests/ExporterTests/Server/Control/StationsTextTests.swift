import NIOCore
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Server

@Suite("The text of the stations, for all readers of the state")
struct StationsTextTests {
    @Test("is made once for each answer of NetAtmo's; a reader that comes late with an older one gets the newer")
    func once() async throws {
        let text = StationsText()
        let first = try await text.texts(of: SampleStations.all, version: 7)
        #expect(first.version == .init(readings: 7, stations: 7))
        for version in [7, 6, 0] {
            let again = try await text.texts(of: [], version: version)
            #expect(again.version == first.version && again.stations == first.stations && again.readings == first.readings)
        }
        let same = try await text.texts(of: SampleStations.all, version: 8)
        #expect(same.version == .init(readings: 8, stations: 7) && same.stations == first.stations)
        let fewer = try await text.texts(of: [SampleStations.fjord], version: 9)
        #expect(fewer.version == .init(readings: 9, stations: 9) && fewer.stations != first.stations)
    }

    @Test("is that of none where there are none yet")
    func none() async throws {
        let texts = try await StationsText().texts(of: [], version: 0)
        #expect(String(buffer: texts.stations) == "[]" && String(buffer: texts.readings) == "[]")
    }
}
