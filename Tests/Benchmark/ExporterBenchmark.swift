import Engine
import EngineAPI
import FoundationEssentials
import Homes
import NIOCore
import Netatmo
import PrometheusMetrics
import OperatingSystem

/// Times what a fetch costs beside the network, and what a scrape costs beside HTTP.
///
/// `exporter-benchmark STATIONS HOMES STATUS` takes answers of `getstationsdata`, `homesdata` and `homestatus`.
@main
struct ExporterBenchmark {
    static func main() async throws {
        let files = try CommandLine.arguments.dropFirst().compactMap { try LocalFileSystem().contents(of: $0, limit: 64 << 20) }
        guard files.count == 3 else {
            throw NetatmoError(.invalidAnswer, message: "usage: exporter-benchmark STATIONS HOMES STATUS")
        }
        let bytes = files[0]
        let transport = CannedTransport(bodies: [
            "/api/getstationsdata": bytes, "/api/homesdata": files[1], "/api/homestatus": files[2],
        ])
        let client = StationsClient(transport: transport)
        guard let token = Secret("access-token") else { return }
        var stations: [Station] = []
        let decoding = try await milliseconds { stations = try await client.stations(accessToken: token).stations }
        let modules = stations.map(\.devices.count).reduce(0, +)
        print("decoding \(modules) modules (\(bytes.count) bytes): \(rounded(decoding)) ms")

        let all = Scrapes(stations)
        print("encoding their metrics (\(all.encoded().length) bytes): \(rounded(await milliseconds { blackHole(all.encoded()) })) ms")
        print("compressing them by gzip: \(rounded(await milliseconds { blackHole(all.compressed()) })) ms, encoding included")
        try await timeRooms(EnergyClient(transport: transport), files[1].count + files[2].count, token)
        compare(Scrapes([Station(base: stations[0].base, modules: Array(stations[0].modules.prefix(5)), name: "S", homeName: "H")]))
    }

    /// What a round of NetAtmo Energy's answers costs, and its part of a scrape.
    private static func timeRooms(_ client: EnergyClient, _ bytes: Int, _ token: Secret) async throws {
        var homes: [EnergyHome] = []
        let decoding = try await milliseconds {
            homes = []
            for home in try await client.homes(accessToken: token).homes {
                homes.append(home.taking(try await client.status(ofHome: home.id, accessToken: token), at: Date()))
            }
        }
        var readings = EnergyReadings()
        let showing = await milliseconds { readings.homes = homes }
        print("decoding \(readings.roomCount) rooms (\(bytes) bytes): \(rounded(decoding)) ms; as modules to show: \(rounded(showing)) ms")
        let scrapes = Scrapes([], homes: homes)
        print(
            "encoding their metrics (\(scrapes.encoded().length) bytes): \(rounded(await milliseconds { blackHole(scrapes.encoded()) })) ms"
        )
        print("the same from what is kept: \(rounded(await milliseconds { blackHole(scrapes.kept()) })) ms")
    }

    private static func compare(_ scrapes: Scrapes) {
        // Turn by turn, so that whatever else the machine does meets both.
        var kept = Duration.zero
        var encoded = Duration.zero
        let clock = ContinuousClock()
        let rounds = 50
        let calls = 500
        for _ in 0..<rounds {
            kept += clock.measure { for _ in 0..<calls { blackHole(scrapes.kept()) } }
            encoded += clock.measure { for _ in 0..<calls { blackHole(scrapes.encoded()) } }
        }
        let (keptTime, encodedTime) = (
            kept / .microseconds(1) / Double(rounds * calls), encoded / .microseconds(1) / Double(rounds * calls)
        )
        print(
            "the text of /metrics at 6 modules: \(rounded(keptTime)) µs from what is kept, \(rounded(encodedTime)) µs encoded each time:",
            "\(rounded(encodedTime / keptTime)) times"
        )
    }

    /// The median of nine.
    private static func milliseconds(_ body: () async throws -> Void) async rethrows -> Double {
        var times: [Duration] = []
        for _ in 0..<9 { times.append(try await ContinuousClock().measure(body)) }
        return times.sorted()[4] / .milliseconds(1)
    }

    private static func rounded(_ number: Double) -> Double {
        (number * 100).rounded() / 100
    }

    @inline(never)
    private static func blackHole(_ text: ScrapeText) {}
}

/// NetAtmo as one answer for each path.
private struct CannedTransport: NetatmoTransport {
    let bodies: [String: [UInt8]]

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        NetatmoAnswer(status: 200, body: bodies[request.path] ?? [])
    }
}

/// The text of a scrape, in pieces.
private struct ScrapeText {
    let pieces: [ByteBuffer]

    var length: Int { pieces.map(\.readableBytes).reduce(0, +) }
}

/// The two ways to answer a scrape, over the same readings.
private struct Scrapes {
    private let store: SnapshotStore
    private let page: MetricsPage

    init(_ stations: [Station], homes: [EnergyHome] = []) {
        store = SnapshotStore()
        store.publish(DataStatus(stations: stations, fetchedAt: Date(), lastAttempt: nil))
        var energy = EnergyReadings()
        energy.homes = homes
        energy.fetchedAt = Date()
        if !homes.isEmpty { store.publish(energy) }
        page = Self.page(store)
    }

    /// As the exporter does.
    func kept() -> ScrapeText {
        ScrapeText(pieces: page.text(at: Date()))
    }

    /// With nothing kept from one scrape to the next.
    func encoded() -> ScrapeText {
        ScrapeText(pieces: Self.page(store).text(at: Date()))
    }

    /// The same, compressed.
    func compressed() -> ScrapeText {
        ScrapeText(pieces: Self.page(store).gzippedText(at: Date()) ?? [])
    }

    private static func page(_ store: SnapshotStore) -> MetricsPage {
        // However old the payload is, its readings are to be encoded.
        MetricsPage(
            store: store, refreshInterval: .seconds(480), staleAge: .seconds(1e9), build: BuildInformation(version: "1", commit: "1")
        )
    }
}
