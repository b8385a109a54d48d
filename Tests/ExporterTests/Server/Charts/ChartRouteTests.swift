import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Server

@Suite("Pages with charts")
struct ChartRouteTests {
    private static let base = "70:ee:50:00:00:01"

    private static func subject(_ id: String? = nil, _ scale: HistoryScale = .measurement) -> HistorySubject {
        let station = SampleStations.stations(SampleStations.json(baseNamed: "Stue", modules: [("02:00", "Loft")]))[0]
        let module = id.flatMap { id in station.modules.first { $0.id == id } } ?? station.base
        guard let subject = HistorySubject(of: module, in: station) else { preconditionFailure("it has a history") }
        return subject.at(scale)
    }

    /// Of one station with a module, whose histories of the last days are kept.
    private func bench(named name: String = "Stue", modules: Int = 1, externalURL: String? = nil) -> WebBench {
        let bench = WebBench(externalURL: externalURL)
        let others = (0..<modules).map { (id: $0 == 0 ? "02:00" : "03:\($0)", name: "Loft \($0)") }
        let stations = SampleStations.stations(SampleStations.json(baseNamed: name, modules: others))
        bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now))
        let temperatures = (0..<40).map { Double(20) + Double($0) / 20 }
        for id in [nil, "02:00"] as [String?] {
            bench.histories.keep(ChartBench.history(.temperature, temperatures), of: Self.subject(id))
        }
        return bench
    }

    @Test("The page of all modules has a chart of each, home by home, that leads to the module's own page")
    func overview() async throws {
        try await bench().test(.live) { client in
            let html = try await client.send(.get, "/").text
            #expect(html.matches(of: /<svg class="plot" role="img"/).count == 2)
            let links = html.matches(of: /<a class="chart panel" href="([^"]*)"/).map { String($0.1) }
            #expect(links == ["/module/70%3Aee%3A50%3A00%3A00%3A01?span=1d", "/module/02%3A00?span=1d"])
            for link in links {
                let answer = try await client.send(.get, link)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            }
            #expect(html.matches(of: /<h3><bdi>Stue<\/bdi><\/h3>/).count == 1)
        }
    }

    @Test("Each span has a link, on both pages, and the one that shows says so", arguments: HistorySpan.allCases, ["/", "/module/02:00"])
    func spans(span: HistorySpan, path: String) async throws {
        try await bench().test(.live) { client in
            let html = try await client.send(.get, "\(path)?span=\(span.rawValue)").text
            let links = html.matches(of: /<a href="([^"]*\?span=(\w+)[^"]*)"( aria-current="true")?>/)
            #expect(links.map { String($0.2) } == HistorySpan.allCases.map(\.rawValue))
            #expect(links.filter { $0.3 != nil }.map { String($0.2) } == [span.rawValue])
            #expect(try await client.send(.get, String(links[0].1)).status == .ok)
        }
    }

    @Test(
        "What is no span and no page is refused in a line that says what is", arguments: ["/", "/module/02:00"],
        ["span=", "span=2d", "span=1D", "span=1d%20", "span=%zz", "span=<script>"])
    func unknownSpan(path: String, query: String) async throws {
        let bench = bench()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "\(path)?\(query.replacing("<", with: "%3C").replacing(">", with: "%3E"))")
            #expect(answer.status == .badRequest)
            #expect(answer.text.hasPrefix("Expected as span 3h, 12h, 1d, 3d, 1w, 1m, 1y, all.") || query.contains("%zz"))
            #expect(answer.text.split(separator: "\n").count == 1)
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
        }
        #expect(bench.histories.looks == 0)
    }

    @Test("A query that means nothing is no error", arguments: ["/?x=1", "/?%zz", "/?", "/?spam=2d"])
    func otherQuery(path: String) async throws {
        try await bench().test(.live) { client in
            let status = try await client.send(.get, path).status
            #expect(status == .ok)
        }
    }

    @Test(
        "A module that is not there is 404 in a line, and its name is not said again",
        arguments: ["/module/70:ee", "/module/%2e%2e", "/module/<script>", "/module/%3Cscript%3E", "/module/{id}"])
    func unknownModule(path: String) async throws {
        let bench = bench()
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, path)
            #expect(answer.status == .notFound)
            #expect(answer.text == "No such module: / has a link for each.\n")
        }
        #expect(bench.histories.looks == 0 && bench.histories.asked.isEmpty)
    }

    @Test(
        "No more and no fewer parts than an id make the address of a module",
        arguments: ["/module/02:00/x", "/modules/02:00", "/x/module/02:00"])
    func otherPaths(path: String) async throws {
        try await bench().test(.live) { client in
            let status = try await client.send(.get, path).status
            #expect(status == .notFound)
        }
    }

    @Test(
        "Below a path of a proxy the pages are there with it and without, and lead to themselves with it",
        arguments: ["/netatmo", "/module"])
    func prefix(prefix: String) async throws {
        try await bench(externalURL: "https://weather.example\(prefix)").test(.live) { client in
            for path in ["/module/02:00", "\(prefix)/module/02:00?span=1w", "//module//02%3A00/"] {
                let answer = try await client.send(.get, path)
                #expect(answer.status == .ok, "\(path)")
                #expect(answer.text.contains("<h2><bdi>Loft 0</bdi></h2>"))
                #expect(answer.text.contains("href=\"\(prefix)/module/02%3A00?span=3h\""))
                #expect(answer.text.contains("href=\"\(prefix)/style.css\""))
            }
            #expect(try await client.send(.get, "\(prefix)/version").headers[.contentType] == "application/json")
        }
    }

    @Test("The page of a module has its readings, what is known of it, and all its charts with lowest, highest, mean and when")
    func module() async throws {
        try await bench().test(.live) { client in
            let html = try await client.send(.get, "/module/\(Self.base)").text
            #expect(html.contains("<title>Stue · netatmo-dashboard</title>"))
            #expect(html.contains("<dt>Temperature</dt><dd>20.5 °C"))
            #expect(html.contains("<dt>Id</dt><dd>70:ee:50:00:00:01</dd>"))
            #expect(html.contains(#"<dt>lowest</dt> <dd>20.0 °C <span class="quiet">14:03</span></dd>"#), "\(html)")
            #expect(html.contains(#"<dt>highest</dt> <dd>22.0 °C <span class="quiet">17:18</span></dd>"#) || html.contains("21.9 °C"))
            #expect(html.contains("<dt>mean</dt> <dd>21.0 °C</dd>"))
            let titles = html.matches(of: /<figcaption><h4>([^<]*)</).map { String($0.1) }
            #expect(titles == ["Temperature", "CO₂", "Humidity", "Noise", "Pressure"])
            #expect(!html.contains("<script"))
        }
    }

    @Test(
        "Pages have no style and no script in themselves, each id once, and no texts of others as tags",
        arguments: ["/", "/module/70:ee:50:00:00:01"])
    func clean(path: String) async throws {
        let name = "<script>alert(1)</script>\" onload=\"x\u{202E}"
        try await bench(named: name).test(.live) { client in
            let answer = try await client.send(.get, path)
            let html = answer.text
            #expect(!html.contains("<style") && !html.contains(" style=") && !html.contains("<script>") && !html.contains("{{"))
            #expect(!html.contains("\" onload"))
            #expect(!html.unicodeScalars.contains("\u{202E}"))
            let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count)
            for reference in html.matches(of: /url\(#([^)]*)\)/) { #expect(ids.contains(String(reference.1))) }
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("style-src 'self'") && !policy.contains("unsafe"))
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test("Thousands of modules have so many charts on a page, and links to the others")
    func pages() async throws {
        let bench = bench(modules: 59)
        try await bench.test(.live) { client in
            let first = try await client.send(.get, "/").text
            #expect(first.matches(of: /<a class="chart panel"/).count == 24)
            #expect(first.contains("Modules 1 to 24 of 60") && first.contains(#"<a rel="next" href="/?span=1d&amp;page=2">"#))
            #expect(!first.contains("rel=\"prev\""))
            let last = try await client.send(.get, "/?span=1d&page=3").text
            #expect(last.matches(of: /<a class="chart panel"/).count == 12)
            #expect(last.contains("Modules 49 to 60 of 60") && !last.contains("rel=\"next\""))
            for page in ["0", "4", "-1", "x", "", "99999999999999999999"] {
                let answer = try await client.send(.get, "/?page=\(page)")
                #expect(answer.status == .badRequest)
                #expect(answer.text == "Expected as page a number from 1 to 3.\n")
            }
        }
    }

    @Test("On a further page of modules a span's link stays on that page, and a module's link keeps the span")
    func spanOfFurtherPage() async throws {
        try await bench(modules: 59).test(.live) { client in
            let html = try await client.send(.get, "/?span=1w&page=2").text
            let spans = html.matches(of: /<a href="([^"]*\?span=\w+[^"]*)"( aria-current="true")?>/).map { String($0.1) }
            #expect(spans == HistorySpan.allCases.map { "/?span=\($0.rawValue)&amp;page=2" })
            let modules = html.matches(of: /<a class="chart panel" href="([^"]*)"/).map { String($0.1) }
            #expect(modules.count == 24 && modules.allSatisfy { $0.hasSuffix("?span=1w") }, "\(modules)")
        }
    }

    @Test("An id with HTML in it is text on its module's page")
    func idWithTags() async throws {
        let bench = WebBench()
        let stations = SampleStations.stations(SampleStations.json(baseNamed: "Stue", modules: [("<b>2", "Loft")]))
        bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now))
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/module/%3Cb%3E2").text
            #expect(html.contains("<dt>Id</dt><dd>&lt;b&gt;2</dd>"))
            #expect(!html.contains("<b>2"))
        }
    }

    @Test("A page does not wait for what is not kept: it asks for it once, says so, and comes again by itself")
    func underWay() async throws {
        let bench = bench()
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/module/02:00?span=1y").text
            #expect(html.contains("Asking NetAtmo for the past"))
            #expect(html.contains("it comes in a moment"))
            #expect(html.contains(#"<meta http-equiv="refresh" content="5">"#))
            let next = try await client.send(.get, "/module/\(Self.base)?span=1y").text
            #expect(next.contains("module after module: 1 comes before this one"))
            let kept = try await client.send(.get, "/module/02:00?span=1d").text
            #expect(!kept.contains("http-equiv") && !kept.contains("Asking NetAtmo"))
            // Where a reader may be writing a key nothing is loaded again.
            let home = try await client.send(.get, "/?span=1y").text
            #expect(home.contains("http-equiv"))
        }
        #expect(bench.histories.asked.isEmpty, "nobody runs what asks")
        // Nothing is kept here, so that more is to come, but nobody chose a span.
        let empty = WebBench()
        empty.store.publish(bench.store.snapshot.data)
        try await empty.test(.live) { client in
            let html = try await client.send(.get, "/").text
            #expect(html.contains("data-coming") && !html.contains("http-equiv"))
        }
    }

    @Test("The page of an outdoor module says how warm it feels, and by which formula")
    func feltTemperature() async throws {
        let bench = WebBench()
        let readings = Readings(
            time: SampleStations.now, values: [.temperature: -4], felt: FeltTemperature(celsius: -9.6, formula: .windChill))
        let base = SampleStations.stations(SampleStations.json(baseNamed: "Naust"))[0].base
        let outdoor = Device(id: "02:00", kind: .outdoor, name: "Ute", readings: readings)
        let station = Station(base: base, modules: [outdoor], name: "Naust", homeName: "Naust")
        bench.store.publish(DataStatus(stations: [station], fetchedAt: SampleStations.now))
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/module/02:00").text
            #expect(html.contains(#"<dt>Feels like</dt><dd>−9.6 °C <span class="quiet">wind chill</span></dd>"#))
            #expect(!(try await client.send(.get, "/module/\(base.id)").text.contains("Feels like")))
        }
    }

    @Test("Of a favourite's modules NetAtmo is not asked")
    func favourites() async throws {
        let bench = WebBench()
        let own = SampleStations.stations(SampleStations.json(baseNamed: "Naust"))[0]
        let favourite = Station(base: own.base, modules: [], name: "Naust", homeName: "Naust", isFavorite: true)
        bench.store.publish(DataStatus(stations: [favourite], fetchedAt: SampleStations.now))
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/?span=1y").text
            #expect(html.contains("nothing of the last year is here yet"))
            #expect(!html.contains("http-equiv") && !html.contains("Asking NetAtmo"))
        }
    }

    @Test("Many visitors cost one drawing, until something is new")
    func flood() async throws {
        let bench = bench()
        try await bench.test(.live) { client in
            _ = try await client.send(.get, "/")
            let looks = bench.histories.looks
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        let status = try await client.send(.get, "/").status
                        #expect(status == .ok)
                    }
                }
                try await group.waitForAll()
            }
            #expect(bench.histories.looks == looks)
            bench.desk.clock.advance(by: .seconds(15))
            _ = try await client.send(.get, "/")
            #expect(bench.histories.looks > looks)
        }
    }
}
