import TerminalUI

/// The row at the foot of the screen: the keys of what lies on top, or for a few seconds a message.
struct Footer: Widget {
    let message: MessageState?
    let bindings: [KeyBinding]
    let symbols: Symbols

    func render(into frame: inout Frame, in rect: Rect) {
        if let message {
            TextLine(" " + message.text, message.style.bold(), symbols: symbols).render(into: &frame, in: rect)
        } else {
            KeyBinding.keyBar(bindings).render(into: &frame, in: rect)
        }
    }

    /// The key that shows at a place on the screen; `nil` where there is none.
    ///
    /// - Parameter rect: Where the row is.
    func key(at point: Point, in rect: Rect) -> Key? {
        guard message == nil, rect.contains(point) else { return nil }
        return KeyBinding.key(at: point.column - rect.column, of: rect.columns, in: bindings)
    }
}
