/// Something the mouse did.
public struct MouseEvent: Sendable, Hashable {
    /// What the mouse can do.
    public enum Kind: Sendable, Hashable {
        /// The left button went down.
        case press
        /// The wheel turned away from the user.
        case wheelUp
        /// The wheel turned towards the user.
        case wheelDown
    }

    /// The cell under the pointer.
    public let position: Point
    /// What happened.
    public let kind: Kind

    /// Makes an event.
    public init(position: Point, kind: Kind) {
        self.position = position
        self.kind = kind
    }
}
