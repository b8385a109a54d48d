/// What the terminal tells the program.
package enum InputEvent: Sendable, Equatable {
    case key(Key)
    /// Text was pasted: one line without control characters, at most 64 KiB.
    case paste(String)
    case mouse(MouseEvent)
    case resize(Size)
    /// The program is back from being suspended. The screen is empty: draw a frame.
    case resumed
    /// The terminal is gone. This is the last event.
    case hangUp
}
