import Homes
import TerminalUI

extension KeyBinding {
    /// Keys of the main view; the footer drops those that are further down first.
    static let main: [KeyBinding] = [
        KeyBinding(
            [.character("a")], "a", .signIn, label: "Sign in", help: "Sign in to NetAtmo: the address to open, or a token to paste",
            isEssential: true
        ),
        KeyBinding([.character("r"), .function(5)], "r", .fetch, label: "Fetch now", help: "Fetch the readings now"),
        KeyBinding([.character("t")], "t", .renew, label: "Renew token", help: "Renew the token now"),
        KeyBinding([.enter], "Enter", .open, label: "Details", help: "The selected module in full, with its charts"),
        KeyBinding([.character("/")], "/", .filter, label: "Filter", help: "Filter the readings by names, kinds, homes and towns"),
        KeyBinding([.character("s")], "s", .sort, label: "Sort", help: "Sort the readings by the next column"),
        KeyBinding([.character("S")], "S", .reverseOrder, help: "Turn the order around"),
        KeyBinding([.character("u")], "u", .units, label: "Units", help: "Units: as chosen at NetAtmo, metric, imperial"),
        KeyBinding([.character("T")], "T", .theme, help: "Colours: the terminal's, light, dark, none"),
        KeyBinding([.character("l")], "l", .log, label: "Log", help: "The log"),
        KeyBinding([.character("]")], "]", .nextMeasure, label: "Measure", help: "The chart of the next measure"),
        KeyBinding([.character("[")], "[", .previousMeasure, help: "The chart of the measure before"),
        KeyBinding([.character("+"), .character("=")], "+", .longerSpan, label: "Span", help: "A longer time in the charts, up to years"),
        KeyBinding([.character("-"), .character("_")], "-", .shorterSpan, help: "A shorter time in the charts"),
        KeyBinding(
            [.character("c")], "c", .arrangement, label: "Charts",
            help: "The charts of a module, or of its whole home"
        ),
        KeyBinding([.up, .character("k")], "↑ k", .move(.up), help: "One line up"),
        KeyBinding([.down, .character("j")], "↓ j", .move(.down), help: "One line down"),
        KeyBinding([.left], "←", .previousPanel, help: "Go to the panel before"),
        KeyBinding([.right], "→", .nextPanel, help: "Go to the next panel"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), help: "One page up"),
        KeyBinding([.pageDown], "PgDn", .move(.pageDown), help: "One page down"),
        KeyBinding([.home], "Home", .move(.first), help: "To the first line"),
        KeyBinding([.end], "End", .move(.last), help: "To the last line"),
        KeyBinding([.tab], "Tab", .nextPanel, label: "Next panel", help: "Go to the next panel; Shift-Tab to the one before"),
        KeyBinding([.backTab], "Shift-Tab", .previousPanel, help: ""),
        KeyBinding([.character("?"), .function(1)], "?", .help, label: "Help", help: "This help", isEssential: true),
        KeyBinding([.escape], "Esc", .back, help: "Go back; never quits"),
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: "Draw the screen anew"),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: "Suspend; fg in the shell comes back"),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "Quit, Ctrl-C too", isEssential: true),
    ]
}
