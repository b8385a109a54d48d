import Homes
import TerminalUI

extension KeyBinding {
    static let module: [KeyBinding] = [
        KeyBinding([.escape, .enter], "Esc", .back, label: "Back", help: "Back to the readings, Enter too", isEssential: true),
        KeyBinding([.character("j"), .down, .right], "j", .nextModule, label: "Next module", help: "The next module, an arrow too"),
        KeyBinding([.character("k"), .up, .left], "k", .previousModule, help: "The module before, an arrow too"),
        KeyBinding([.character("]")], "]", .nextMeasure, label: "Measure", help: "The chart of the next measure"),
        KeyBinding([.character("[")], "[", .previousMeasure, help: "The chart of the measure before"),
        KeyBinding([.character("+"), .character("=")], "+", .longerSpan, label: "Span", help: "A longer time in the charts"),
        KeyBinding([.character("-"), .character("_")], "-", .shorterSpan, help: "A shorter time in the charts"),
        KeyBinding([.character("u")], "u", .units, label: "Units", help: "Units: as chosen at NetAtmo, metric, imperial"),
        KeyBinding([.tab, .backTab], "Tab", .nextPanel, label: "Cursor", help: "Give the arrows to the charts, and back"),
        KeyBinding([.pageDown], "PgDn", .move(.pageDown), help: "Scroll down where the screen is low"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), help: "Scroll up"),
        KeyBinding([.home], "Home", .move(.first), help: "To the first line"),
        KeyBinding([.end], "End", .move(.last), help: "To the last line"),
        KeyBinding([.character("r"), .function(5)], "r", .fetch, help: "Fetch the readings now"),
        KeyBinding([.character("t")], "t", .renew, help: "Renew the token now"),
        KeyBinding([.character("a")], "a", .signIn, help: "Sign in to NetAtmo"),
        KeyBinding([.character("l")], "l", .log, help: "The log"),
        KeyBinding([.character("?"), .function(1)], "?", .help, label: "Help", help: "The help"),
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: "Draw the screen anew"),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: "Suspend"),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "Quit", isEssential: true),
    ]
}
