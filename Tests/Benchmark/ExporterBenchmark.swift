import Exporter
import FoundationEssentials
import Hummingbird
import Logging
import Netatmo
import NIOCore

/// Compares `/metrics` as it is served, from kept text, with a handler that encodes each time.
///
/// `exporter-benchmark` prints the time of each, called in this process. `exporter-benchmark serve PORT` serves them at
/// `/kept` and `/encoded` for a load from another process.
@main
struct ExporterBenchmark {
    static func main() async throws {
        let scrapes = Scrapes(moduleCount: 6)
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "serve", let port = arguments.dropFirst().first.flatMap({ Int($0) }) {
            try await serve(scrapes, port: port)
        } else {
            compare(scrapes)
        }
    }

    private static func compare(_ scrapes: Scrapes) {
        // Turn by turn, so that whatever else the machine does meets both.
        var kept = Duration.zero
        var encoded = Duration.zero
        let clock = ContinuousClock()
        let rounds = 50
        let calls = 2000
        for _ in 0..<rounds {
            kept += clock.measure { for _ in 0..<calls { blackHole(scrapes.kept()) } }
            encoded += clock.measure { for _ in 0..<calls { blackHole(scrapes.encoded()) } }
        }
        let perCall = Double(rounds * calls)
        let keptMicroseconds = kept / .microseconds(1) / perCall
        let encodedMicroseconds = encoded / .microseconds(1) / perCall
        print(
            "/metrics at 6 modules, the handler alone: \(rounded(keptMicroseconds)) µs from kept text,",
            "\(rounded(encodedMicroseconds)) µs encoded each time: \(rounded(encodedMicroseconds / keptMicroseconds)) times the scrapes a second"
        )
    }

    private static func serve(_ scrapes: Scrapes, port: Int) async throws {
        let router = Router()
        router.get("kept") { _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: scrapes.kept())) }
        router.get("encoded") { _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: scrapes.encoded())) }
        var logger = Logger(label: "benchmark")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)), logger: logger
        )
        .runService()
    }

    private static func rounded(_ number: Double) -> Double {
        (number * 100).rounded() / 100
    }

    @inline(never)
    private static func blackHole(_ buffer: ByteBuffer) {}
}

/// The two ways to answer a scrape, over the same readings.
struct Scrapes: Sendable {
    private let store: SnapshotStore
    private let page: MetricsPage

    init(moduleCount: Int) {
        store = SnapshotStore()
        store.publish(DataStatus(stations: [Self.station(moduleCount)], fetchedAt: Date(), lastAttempt: nil))
        page = Self.page(store)
    }

    /// As the exporter does.
    func kept() -> ByteBuffer {
        joined(page.text(at: Date()))
    }

    /// With nothing kept from one scrape to the next.
    func encoded() -> ByteBuffer {
        joined(Self.page(store).text(at: Date()))
    }

    private func joined(_ pieces: [ByteBuffer]) -> ByteBuffer {
        pieces.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
    }

    private static func page(_ store: SnapshotStore) -> MetricsPage {
        MetricsPage(
            store: store, refreshInterval: .seconds(480), staleAge: .seconds(3600), build: BuildInformation(version: "1", commit: "1"))
    }

    private static func station(_ moduleCount: Int) -> Station {
        let values: [Measure: Double] = [.temperature: 21.4, .humidity: 41, .co2: 913, .noise: 37, .pressure: 1013.2]
        let modules = (0..<moduleCount).map { index in
            Module(
                id: "02:00:00:00:00:\(index)", kind: .indoor, name: "Room \(index)", signal: .radio(70),
                readings: Readings(time: Date(), values: values)
            )
        }
        return Station(base: modules[0], modules: Array(modules.dropFirst()), name: "Fjord (Stue)", homeName: "Fjord")
    }
}
