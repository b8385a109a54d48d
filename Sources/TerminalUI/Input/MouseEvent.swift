/// Something the mouse did.
package struct MouseEvent: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The left button went down.
        case press
        /// The pointer moved to another cell while a button is down.
        case drag
        /// The wheel turned away from the user.
        case wheelUp
        /// The wheel turned towards the user.
        case wheelDown
    }

    /// The cell under the pointer.
    package let position: Point
    package let kind: Kind

    package init(position: Point, kind: Kind) {
        self.position = position
        self.kind = kind
    }
}
