/// How the terminal is to be used.
package struct TerminalOptions: Sendable, Hashable {
    /// Borders, bars and marks in ASCII, whatever the terminal can do.
    package var ascii: Bool
    /// No colours, only bold, underlined and reverse text.
    package var noColor: Bool
    /// Clicks and the wheel arrive as events, at the price of the terminal's own selection of text.
    package var mouse: Bool
    /// The title of the window while the program runs; nil leaves it.
    package var title: String?

    package init(ascii: Bool = false, noColor: Bool = false, mouse: Bool = false, title: String? = nil) {
        self.ascii = ascii
        self.noColor = noColor
        self.mouse = mouse
        self.title = title
    }
}
