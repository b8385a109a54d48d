/// A key, as far as a terminal tells one from another.
package enum Key: Sendable, Hashable {
    /// A character that was typed; never a control character.
    case character(Character)
    /// The Control key with a lower-case letter. Control-H, I, J and M arrive as `backspace`, `tab` and `enter`; Control-C as a signal.
    case control(Character)
    /// F1 and up, counted from 1.
    case function(Int)
    case enter, escape, tab
    /// Tab with Shift.
    case backTab
    /// Deletes to the left.
    case backspace
    /// Deletes to the right.
    case delete
    case insert
    case up, down, left, right
    /// The arrows with Shift.
    case shiftLeft, shiftRight
    case home, end, pageUp, pageDown
}
