internal import TerminalUI

/// What an escape sequence means that ncurses did not recognise, because it came in pieces or is not in the terminal's description.
enum EscapeSequence: Equatable {
    case key(Key)
    case pasteBegin
    case pasteEnd
    case unknown

    /// Reads what is between `ESC [` and the last byte, and that byte; after `ESC O` there is nothing between.
    init(parameters: String, final: UInt8) {
        if final == UInt8(ascii: "~") {
            self = Int(parameters).map(Self.init(number:)) ?? .unknown
        } else if parameters.isEmpty, let key = Self.letters[final] {
            self = .key(key)
        } else if parameters == "1;2", let key = Self.shifted[final] {
            self = .key(key)
        } else {
            self = .unknown
        }
    }

    private init(number: Int) {
        switch number {
        case 1, 7: self = .key(.home)
        case 2: self = .key(.insert)
        case 3: self = .key(.delete)
        case 4, 8: self = .key(.end)
        case 5: self = .key(.pageUp)
        case 6: self = .key(.pageDown)
        case 11...15: self = .key(.function(number - 10))
        case 17...21: self = .key(.function(number - 11))
        case 23, 24: self = .key(.function(number - 12))
        case 200: self = .pasteBegin
        case 201: self = .pasteEnd
        default: self = .unknown
        }
    }

    /// With Shift, as xterm sends them and most that came after it; rxvt has small letters instead.
    private static let shifted: [UInt8: Key] = [UInt8(ascii: "C"): .shiftRight, UInt8(ascii: "D"): .shiftLeft]

    private static let letters: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab, UInt8(ascii: "M"): .enter,
        UInt8(ascii: "c"): .shiftRight, UInt8(ascii: "d"): .shiftLeft,
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
    ]
}
