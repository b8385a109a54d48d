/// A key, as far as a terminal tells one from another.
package enum Key: Sendable, Hashable {
    /// A character that was typed; never a control character.
    case character(Character)
    /// The Control key with a lower-case letter. Control-H, I, J and M arrive as `backspace`, `tab` and `enter`; Control-C as a signal.
    case control(Character)
    /// F1 and up, counted from 1.
    case function(Int)
    /// The Enter or Return key.
    case enter
    /// The Escape key.
    case escape
    /// The Tab key.
    case tab
    /// Tab with Shift.
    case backTab
    /// Deletes to the left.
    case backspace
    /// Deletes to the right.
    case delete
    /// The Insert key.
    case insert
    /// An arrow.
    case up, down, left, right
    /// To the start or the end.
    case home, end
    /// A screenful up or down.
    case pageUp, pageDown
}
