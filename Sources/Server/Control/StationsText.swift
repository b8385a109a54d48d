import Engine
import EngineAPI
import FoundationEssentials
import Homes
import NIOCore
import OperatingSystem

/// The stations and their readings in the control socket's JSON: encoded once each time they change, whoever reads them.
///
/// It has a queue of its own: thousands of modules take a while, which no other part should wait for.
actor StationsText {
    /// What there is of an answer of NetAtmo's.
    struct Version: Sendable, Hashable {
        /// Rises with each answer.
        let readings: Int
        /// Rises when stations or devices are others.
        let stations: Int
    }

    struct Texts: Sendable {
        let version: Version
        let stations: ByteBuffer
        let readings: ByteBuffer
    }

    private var kept: Texts?
    private var told: [ToldStation] = []
    private let executor = QueueExecutor(label: "control")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter version: Rises with each answer of NetAtmo's. Of one older than what is kept, that is given.
    func texts(of stations: [Station], version: Int) throws -> Texts {
        if let kept, kept.version.readings >= version { return kept }
        let new = ToldStations(stations)
        let isSame = new.stations == told && kept != nil
        let texts = Texts(
            version: Version(readings: version, stations: isSame ? kept?.version.stations ?? 0 : version),
            stations: isSame ? kept?.stations ?? ByteBuffer() : ByteBuffer(bytes: try JSONEncoder().encode(new.stations)),
            readings: ByteBuffer(bytes: new.numbersJSON()))
        told = new.stations
        kept = texts
        return texts
    }
}
