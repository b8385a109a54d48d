import Engine
import EngineAPI
import FoundationEssentials
import Homes
import NIOCore
import OperatingSystem

/// The charts of the pages. What was drawn is kept for some seconds, so that many visitors cost little more than one; and it has a
/// queue of its own, so that no scrape waits for a drawing.
actor ChartPages {
    /// How many charts are on a page of all modules.
    static let chartsOnPage = 24
    /// How long, in seconds, a drawing is good for: a part of what can be seen of a time.
    private static let validity: TimeInterval = 15

    private let store: SnapshotStore
    private let histories: PageHistories
    private let staleAge: Duration
    private let clock: any WallClock
    private let time: LocalTime
    private let executor = QueueExecutor(label: "charts")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private enum Subject: Hashable {
        case all(page: Int)
        case rooms
        case module(id: String)
    }

    private struct Key: Hashable {
        let subject: Subject
        let span: HistorySpan
        let prefix: String
    }

    private struct Drawing {
        let html: HTML
        /// Whether more is to come soon.
        let isUnderWay: Bool
        let stationsVersion: Int
        let historiesVersion: Int
        let time: Date
    }

    private var drawings = LeastRecentlyUsed<Key, Drawing>(capacity: 6)

    /// - Parameter time: How times are written: as on the clocks of the engine's machine.
    init(store: SnapshotStore, histories: PageHistories, staleAge: Duration, clock: any WallClock, time: LocalTime) {
        self.store = store
        self.histories = histories
        self.staleAge = staleAge
        self.clock = clock
        self.time = time
    }

    /// How many pages the charts of all modules take, at least one.
    var pageCount: Int {
        let count = store.snapshot.shownStations.lazy.flatMap(\.devices).count { !$0.chartMeasures.isEmpty }
        return max(1, (count + Self.chartsOnPage - 1) / Self.chartsOnPage)
    }

    /// The charts of all modules, home by home: of each the measure that says most about it.
    ///
    /// - Parameters:
    ///   - page: From 1 on.
    ///   - prefix: What stands before each path at the external URL.
    func overview(page: Int, span: HistorySpan, prefix: String) async -> (html: HTML, isUnderWay: Bool) {
        let (snapshot, version) = store.versionedSnapshot
        return await drawing(Key(subject: .all(page: page), span: span, prefix: prefix), version) { now in
            let pages = OverviewCharts(
                stations: snapshot.shownStations, units: snapshot.data.preferences ?? .metric, span: span, page: page, now: now, time: time,
                prefix: prefix
            )
            let kept = await kept(pages.places.map { ($0.module, $0.station) }, span)
            return { (pages.html(kept, pageCount: self.pageCount), kept.values.contains { $0.outlook?.isUnderWay ?? false }) }
        }
    }

    /// The rooms of NetAtmo Energy as cards, home by home; empty where they are not asked for.
    ///
    /// - Parameter prefix: What stands before each path at the external URL.
    func rooms(prefix: String) async -> HTML {
        let (snapshot, version) = store.versionedSnapshot
        guard let energy = snapshot.energy else { return "" }
        return await drawing(Key(subject: .rooms, span: .usual, prefix: prefix), version) { now in
            let cards = RoomCards(
                energy: energy, freshness: Freshness(at: now, staleAge: staleAge), units: snapshot.data.preferences ?? .metric, now: now,
                time: time, links: PageLinks(prefix: prefix)
            )
            return { (cards.html, false) }
        }.html
    }

    /// A module's readings, facts and all its charts; `nil` where there is no such module.
    func module(_ id: String, span: HistorySpan, prefix: String) async -> (title: String, html: HTML, isUnderWay: Bool)? {
        let (snapshot, version) = store.versionedSnapshot
        guard let station = snapshot.shownStations.first(where: { $0.devices.contains { $0.id == id } }),
            let module = station.devices.first(where: { $0.id == id })
        else { return nil }
        let drawing = await drawing(Key(subject: .module(id: id), span: span, prefix: prefix), version) { now in
            let kept = await kept([(module, station)], span)[id]
            let coarser = await coarser(module, station, span)
            let page = ModuleContent(
                module: module, station: station, freshness: Freshness(at: now, staleAge: staleAge),
                units: snapshot.data.preferences ?? .metric, span: span, now: now, time: time, prefix: prefix,
                home: module.kind == .room ? snapshot.energy?.homes.first { $0.id == station.homeID } : nil
            )
            return { (page.html(kept, coarser: coarser), kept?.outlook?.isUnderWay ?? false) }
        }
        return (module.title, drawing.html, drawing.isUnderWay)
    }

    /// A drawing that is kept, or a new one. What it takes is gathered first, and then drawn without a break: of many visitors at once
    /// one draws.
    private func drawing(
        _ key: Key, _ stationsVersion: Int, _ prepare: (Date) async -> () -> (html: HTML, isUnderWay: Bool)
    ) async -> (html: HTML, isUnderWay: Bool) {
        let version = await histories.version
        if let drawing = good(key, stationsVersion, version) { return (drawing.html, drawing.isUnderWay) }
        let now = clock.now
        let draw = await prepare(now)
        if let drawing = good(key, stationsVersion, version) { return (drawing.html, drawing.isUnderWay) }
        let (html, isUnderWay) = draw()
        drawings.insert(
            Drawing(html: html, isUnderWay: isUnderWay, stationsVersion: stationsVersion, historiesVersion: version, time: now), for: key)
        return (html, isUnderWay)
    }

    private func good(_ key: Key, _ stationsVersion: Int, _ historiesVersion: Int) -> Drawing? {
        guard let drawing = drawings.value(for: key), drawing.stationsVersion == stationsVersion,
            drawing.historiesVersion == historiesVersion, (0..<Self.validity).contains(clock.now.timeIntervalSince(drawing.time))
        else { return nil }
        return drawing
    }

    /// What is kept of modules, by their ids, and what is going to come of the user's own.
    private func kept(_ modules: [(module: Device, station: Station)], _ span: HistorySpan) async -> [String: KeptCourse] {
        var courses: [String: KeptCourse] = [:]
        for (module, station) in modules {
            guard let subject = HistorySubject(of: module, in: station)?.at(span.scale) else { continue }
            let kept = await histories.kept(subject)
            let isComplete = kept?.isCurrent ?? false
            let outlook = isComplete || station.isFavorite ? nil : await histories.wish(for: subject)
            courses[module.id] = KeptCourse(history: kept?.history, outlook: outlook)
        }
        return courses
    }

    /// What else is kept of a rain gauge, the finest first: it may know when it rained last.
    private func coarser(_ module: Device, _ station: Station, _ span: HistorySpan) async -> [(HistoryScale, MeasureHistory)] {
        guard module.chartMeasures.contains(.rain), let subject = HistorySubject(of: module, in: station) else { return [] }
        var known: [(HistoryScale, MeasureHistory)] = []
        for scale in [HistoryScale.measurement, .halfHour, .threeHours, .day, .week] where scale != span.scale {
            if let kept = await histories.kept(subject.at(scale)) { known.append((scale, kept.history)) }
        }
        return known
    }
}

/// What is kept of a module, and what is still to come.
struct KeptCourse: Sendable {
    let history: MeasureHistory?
    let outlook: PageHistories.Outlook?
}

extension PageHistories.Outlook {
    /// The words in the page, where its script sees whether more is to come.
    func note(now: Date, time: LocalTime) -> HTML {
        let mark: HTML = isUnderWay ? " data-coming" : ""
        return "<p class=\"quiet\" role=\"status\"\(mark)>\(words(now: now, time: time))</p>\n"
    }

    /// What is said of charts that are not all there.
    func words(now: Date, time: LocalTime) -> String {
        switch self {
        case .underWay(behind: 0): "Asking NetAtmo for the past: it comes in a moment."
        case .underWay(let count):
            "Asking NetAtmo for the past, module after module: \(count) \(count == 1 ? "comes" : "come") before this one."
        case .later: "More is asked of NetAtmo in a while: its limits leave no room now."
        case .failed(.failed(let error, let next)): "No history: \(error.kind.words), next try at \(time.clock(next, now: now))."
        case .failed(.noToken): "No token to ask NetAtmo for the past with."
        case .failed: "No history: NetAtmo could not be asked."
        }
    }
}
