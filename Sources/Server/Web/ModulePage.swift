/// The page of a module: `Web/module.html` with what is known of it. It needs no script.
struct ModulePage: Sendable {
    let title: String
    let content: HTML
    /// Whether it comes again by itself, since there is more to come.
    let isUnderWay: Bool
    /// What stands before each path at the external URL.
    let prefix: String

    private enum Field: String, Sendable {
        case title
        case refresh
        case content
    }

    var html: String {
        Self.template.filled(behind: prefix) { field -> HTML in
            switch field {
            case .title: HTML(title)
            case .refresh: isUnderWay ? .refresh : ""
            case .content: content
            }
        }
    }

    private static let template = PageTemplate<Field>(String(decoding: PackageResources.module_html, as: UTF8.self))
}

extension HTML {
    /// Lets a browser load the page again while something is under way.
    static let refresh: HTML = "<meta http-equiv=\"refresh\" content=\"5\">\n"
}
