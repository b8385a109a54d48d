import Homes
import TerminalUI

extension Verdict {
    /// The colour; `nil` where the value needs none.
    var style: Style? {
        switch self {
        case .fine: nil
        case .warning: .warning
        case .bad: .bad
        }
    }

    /// Says the same without a colour, in front of the value: nothing, "!" or "!!".
    func mark(_ symbols: Symbols) -> String {
        switch self {
        case .fine: ""
        case .warning: symbols.warning
        case .bad: symbols.warning + symbols.warning
        }
    }
}

extension Judgement {
    /// The colour of a value: that of its verdict, none where it is fine, and a faint one where it is stale.
    func style(of measure: Measure) -> Style? {
        isStale ? .muted : verdict(of: measure)?.style
    }

    /// Says the same without a colour.
    func mark(of measure: Measure, _ symbols: Symbols) -> String {
        verdict(of: measure)?.mark(symbols) ?? ""
    }
}
