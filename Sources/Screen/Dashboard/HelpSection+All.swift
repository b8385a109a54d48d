// What the help tells. The keys come from the tables that they are bound by.

extension HelpSection {
    /// The help of the whole program.
    static let all: [HelpSection] = [
        HelpSection("In the main view", keys: KeyBinding.main),
        HelpSection("While typing a filter", keys: KeyBinding.filter),
        HelpSection("In a module", keys: KeyBinding.module),
        HelpSection("In a chart that has the focus", keys: KeyBinding.chart),
        HelpSection("In the log", keys: KeyBinding.log),
        HelpSection("While signing in", keys: KeyBinding.signIn),
        HelpSection(
            "Mouse",
            texts: [
                "A click selects, a click on what is selected opens it, a click on a key at the foot presses it; the wheel scrolls.",
                "A click in a chart puts the cursor there.",
                "Hold Shift to select text. --no-mouse leaves the mouse to the terminal.",
            ]
        ),
    ]
}
