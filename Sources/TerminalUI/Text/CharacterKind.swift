import OperatingSystem

/// What may become of a code point that a stranger chose, before it gets near the terminal: more than `ForeignText` asks for, since
/// a terminal also needs one width for each cell.
enum CharacterKind: Equatable {
    /// Goes to the screen as it is.
    case printable
    /// A line break or a tab: a space takes its place.
    case blank
    /// A control character, or one that turns the direction of the text after it around: a mark takes its place.
    case dangerous
    /// Shows nothing, or makes terminals disagree on widths: left out.
    case invisible

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2FF, 0x2500...0x25FF, 0x2800...0x28FF:
            self = .printable
        case 0x09...0x0D, 0x85, 0x2028, 0x2029:
            self = .blank
        case 0x061C, 0x200B, 0x200D...0x200F, 0x2060...0x2065, 0x206A...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB,
            0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF:
            self = .invisible
        default:
            self = scalar.isHarmful ? .dangerous : .printable
        }
    }
}
