import Homes

extension HTML {
    /// The class of a verdict as an attribute; none where it is fine, or there is none.
    static func role(_ verdict: Verdict?) -> HTML {
        switch verdict {
        case .warning: " class=\"warning\""
        case .bad: " class=\"bad\""
        case .fine, nil: ""
        }
    }
}
