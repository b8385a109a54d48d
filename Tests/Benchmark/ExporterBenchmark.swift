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
/// `exporter-benchmark FILE` takes an answer of `getstationsdata`.
@main
struct ExporterBenchmark {
    static func main() async throws {
        guard let path = CommandLine.arguments.dropFirst().first, let bytes = try LocalFileSystem().contents(of: path, limit: 64 << 20)
        else {
            throw NetatmoError(.invalidAnswer, message: "usage: exporter-benchmark FILE")
        }
        let client = StationsClient(transport: CannedTransport(body: bytes))
        guard let token = Secret("access-token") else { return }
        var stations: [Station] = []
        let decoding = try await milliseconds { stations = try await client.stations(accessToken: token).stations }
        let modules = stations.map(\.devices.count).reduce(0, +)
        print("decoding \(modules) modules (\(bytes.count) bytes): \(rounded(decoding)) ms")

        let all = Scrapes(stations)
        print("encoding their metrics (\(all.encoded().length) bytes): \(rounded(await milliseconds { blackHole(all.encoded()) })) ms")
        print("compressing them by gzip: \(rounded(await milliseconds { blackHole(all.compressed()) })) ms, encoding included")
        compare(Scrapes([Station(base: stations[0].base, modules: Array(stations[0].modules.prefix(5)), name: "S", homeName: "H")]))
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

/// NetAtmo as one answer.
private struct CannedTransport: NetatmoTransport {
    let body: [UInt8]

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        NetatmoAnswer(status: 200, body: body)
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

    init(_ stations: [Station]) {
        store = SnapshotStore()
        store.publish(DataStatus(stations: stations, fetchedAt: Date(), lastAttempt: nil))
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
