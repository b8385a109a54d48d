import EngineAPI
import HTTPTypes
import Homes
import Hummingbird
import OperatingSystem

/// What a request for a page with charts asks for.
struct ChartQuery: Sendable, Hashable {
    /// Why an address is none of a page, in a line.
    struct Problem: Error, Sendable, Hashable {
        let line: String
    }

    /// The module whose page it is; the first where the address brings several.
    let moduleID: String?
    /// `nil` where the address names none.
    let span: HistorySpan?
    /// From 1 on.
    let page: Int

    /// - Parameters:
    ///   - query: Of the address, percent-encoded.
    ///   - pageCount: How many pages there are.
    /// - Throws: Where the span or the page is none.
    init(_ query: String?, pageCount: Int = 1) throws(Problem) {
        let pairs = PercentEncoding.pairs(in: query ?? "")
        // What means nothing here may be anything.
        guard pairs != nil || !["id=", "span=", "page="].contains(where: { query?.contains($0) ?? false }) else {
            throw Problem(line: "The address is not percent-encoded UTF-8.")
        }
        let values = Dictionary((pairs ?? []).map { ($0.name, $0.value) }) { first, _ in first }
        moduleID = values["id"]
        if let word = values["span"] {
            guard let span = HistorySpan(rawValue: word) else {
                throw Problem(line: "Expected as span \(HistorySpan.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            self.span = span
        } else {
            span = nil
        }
        guard let page = values["page"] else {
            self.page = 1
            return
        }
        guard let number = Int(page), (1...pageCount).contains(number) else {
            throw Problem(line: "Expected as page a number from 1 to \(pageCount).")
        }
        self.page = number
    }
}

extension HistorySpan {
    /// What shows where nothing else is asked for.
    static let usual = HistorySpan.day
}

/// The page of a module.
struct ChartRoutes: Sendable {
    let charts: ChartPages
    /// What stands before each path at the external URL.
    let prefix: String

    var routes: [Route] { [.reading(.module, module)] }

    @Sendable private func module(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let query: ChartQuery
        do throws(ChartQuery.Problem) {
            query = try ChartQuery(request.uri.query)
        } catch {
            return .text(.badRequest, error.line)
        }
        guard let id = query.moduleID else { return .text(.badRequest, "Expected a module's id behind \(ExporterPath.module.rawValue)/.") }
        guard let module = await charts.module(id, span: query.span ?? .usual, prefix: prefix) else {
            return .text(.notFound, "No such module: \(ExporterPath.home.rawValue) has a link for each.")
        }
        let page = ModulePage(title: module.title, content: module.html, isUnderWay: module.isUnderWay, prefix: prefix)
        return .page(.ok, contentType: "text/html; charset=utf-8", page.html)
    }
}
