/// Something the mouse did.
package struct MouseEvent: Sendable, Hashable {
    /// What the mouse can do.
    package enum Kind: Sendable, Hashable {
        /// The left button went down.
        case press
        /// The wheel turned away from the user.
        case wheelUp
        /// The wheel turned towards the user.
        case wheelDown
    }

    /// The cell under the pointer.
    package let position: Point
    /// What happened.
    package let kind: Kind

    /// Makes an event.
    package init(position: Point, kind: Kind) {
        self.position = position
        self.kind = kind
    }
}
