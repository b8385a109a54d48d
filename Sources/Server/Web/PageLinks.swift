import EngineAPI
import Homes
import OperatingSystem

/// Addresses of the pages with charts.
struct PageLinks: Sendable {
    /// What stands before each path at the external URL.
    let prefix: String

    func home(span: HistorySpan, page: Int = 1) -> String {
        "\(prefix)\(ExporterPath.home.rawValue)?span=\(span.rawValue)\(page > 1 ? "&page=\(page)" : "")"
    }

    func module(_ id: String) -> String {
        "\(prefix)\(ExporterPath.module.rawValue)/\(PercentEncoding.encode(id))"
    }

    func module(_ id: String, span: HistorySpan) -> String {
        "\(prefix)\(ExporterPath.module.rawValue)/\(PercentEncoding.encode(id))?span=\(span.rawValue)"
    }

    /// A link for each span; the one that shows says so.
    static func spans(_ current: HistorySpan, address: (HistorySpan) -> String) -> HTML {
        let links = HistorySpan.allCases.map { span -> HTML in
            let mark: HTML = span == current ? " aria-current=\"true\"" : ""
            return "<a href=\"\(address(span))\"\(mark)>\(span.name)</a> "
        }
        return "<nav class=\"spans\" aria-label=\"Time shown\">\(links)</nav>"
    }
}
