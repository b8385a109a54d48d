/// What the terminal tells the program.
package enum InputEvent: Sendable, Equatable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted: one line without control characters, at most 64 KiB.
    case paste(String)
    /// The mouse was used.
    case mouse(MouseEvent)
    /// The terminal has a new size.
    case resize(Size)
    /// The program is back from being suspended. The screen is empty: draw a frame.
    case resumed
    /// The terminal is gone. This is the last event.
    case hangUp
}
