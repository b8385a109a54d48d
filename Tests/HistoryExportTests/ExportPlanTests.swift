import FoundationEssentials
import TestSupport
import Testing

@testable import HistoryExport
@testable import Homes

@Suite("How an export is cut into requests")
struct ExportPlanTests {
    private static let page = 1024.0 * 300

    /// All pages of an order where each answer is as long as it was asked for, without being full.
    private func pages(of order: ExportOrder) -> [ExportPage] {
        var position = ExportPosition()
        var pages: [ExportPage] = []
        while let page = order.page(at: &position), pages.count < 10_000 {
            pages.append(page)
            position = order.position(after: page, MeasureHistory(measures: []), from: position)
        }
        return pages
    }

    @Test("a year of five-minute values of six modules is 618 requests, which take an hour and a quarter")
    func year() {
        let devices = (1...6).map { SampleExport.device("M\($0)", id: "02:0\($0)") }
        let order = SampleExport.order(.csv, devices)
        #expect(order.requests() == 618)
        #expect(pages(of: order).count == 618)
        let time = ExportPace(requestsAnHour: 380, spacing: 5.5).time(of: 618)
        #expect((3600 * 1.2...3600 * 1.4).contains(time))
        #expect(ExportProgress.words(time) == "1 h 21 min")
    }

    @Test("a page is 1024 steps to the second, at every scale", arguments: HistoryScale.allCases)
    func border(scale: HistoryScale) {
        let length = 1024 * scale.step
        for (seconds, count) in [(0, 1), (length - 1, 1), (length, 2), (2 * length - 1, 2), (2 * length, 3)] as [(Double, Int)] {
            let device = SampleExport.device(scale: scale)
            let order = SampleExport.order(.csv, [device], scale: scale, end: SampleExport.time(seconds))
            #expect(order.requests() == count, "\(seconds) s")
            #expect(pages(of: order).count == count, "\(seconds) s")
        }
    }

    @Test("pages follow each other without a second between them or twice, from the first moment to the last")
    func seamless() {
        let order = SampleExport.order(end: SampleExport.time(3 * Self.page + 17))
        let pages = pages(of: order)
        #expect(pages.first?.start == order.start)
        #expect(pages.last?.end == order.end)
        for (page, next) in zip(pages, pages.dropFirst()) { #expect(next.start == page.end.addingTimeInterval(1)) }
    }

    @Test("where a module was set up later, its past begins there, and one set up after the end has none")
    func setUp() {
        let late = SampleExport.device("Late", setUp: SampleExport.time(86_400 * 364))
        let never = SampleExport.device("Never", setUp: SampleExport.time(86_400 * 366))
        let order = SampleExport.order(.csv, [never, late])
        #expect(order.requests() == 1)
        #expect(pages(of: order).map(\.device.module) == ["Late"])
        #expect(pages(of: order).map(\.start) == [SampleExport.time(86_400 * 364)])
    }

    @Test("an answer that is full goes on behind its last time, one that is not behind what was asked for")
    func full() throws {
        let order = SampleExport.order()
        var position = ExportPosition()
        let page = try #require(order.page(at: &position))
        // Denser than it should be.
        let full = SampleExport.answer(page.device.subject, from: page.start, to: page.end, step: 150)
        #expect(full.count == 1024)
        #expect(order.position(after: page, full, from: position).next == full.latest?.addingTimeInterval(1))
        let sparse = SampleExport.answer(page.device.subject, from: page.start, to: page.end, step: 600)
        #expect(order.position(after: page, sparse, from: position).next == page.end.addingTimeInterval(1))
    }

    @Test("an answer of other times than it was asked for moves it on all the same")
    func foreignTimes() throws {
        let order = SampleExport.order()
        var position = ExportPosition()
        let page = try #require(order.page(at: &position))
        let old = SampleExport.answer(page.device.subject, from: SampleExport.time(-1e6), to: SampleExport.time(-1))
        #expect(old.count == 1024)
        #expect(order.position(after: page, old, from: position).next == page.end.addingTimeInterval(1))
    }

    @Test(
        "the time that requests take",
        arguments: [(0, 0), (1, 5.5), (379, 379 * 5.5), (380, 3600), (381, 3605.5), (760, 7200)] as [(Int, Double)])
    func time(requests: Int, seconds: Double) {
        #expect(ExportPace(requestsAnHour: 380, spacing: 5.5).time(of: requests) == seconds)
    }
}
