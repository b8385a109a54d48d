import TerminalUI

extension KeyBinding {
    /// Keys that charts with the focus have beside those of the view that they are in.
    static let chart: [KeyBinding] = [
        KeyBinding([.left], "←", .cursor(-1), label: "Back", help: "The cursor one step back: its time and value stand in the title"),
        KeyBinding([.right], "→", .cursor(1), label: "On", help: "One step on"),
        KeyBinding([.shiftLeft], "Shift ←", .cursor(-10), help: "Ten steps back"),
        KeyBinding([.shiftRight], "Shift →", .cursor(10), help: "Ten steps on"),
        KeyBinding([.escape], "Esc", .back, help: "Take the cursor away"),
    ]
}
