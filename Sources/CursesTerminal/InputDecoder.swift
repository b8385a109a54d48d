internal import TerminalUI

/// One thing that ncurses read.
enum RawInput: Equatable {
    case byte(UInt8)
    case key(Key)
    case mouse(MouseEvent)
    case pasteBegin
    case pasteEnd
    /// A key that has no name here.
    case unknown
}

/// Makes events of what ncurses read: UTF-8, pastes, and escape sequences that ncurses did not know or that came in pieces.
///
/// A value without a terminal and without a clock: its owner says when everything was read, and when the time is up.
struct InputDecoder {
    private enum Sequence: Equatable {
        case none
        case escape
        /// After ESC [, with what came since.
        case control([UInt8])
        /// After ESC O.
        case singleShift
        /// After ESC [ [, as the Linux console starts its function keys.
        case linuxConsole
    }

    private var sequence = Sequence.none
    private var paste: PasteBuffer?
    private var characters = UTF8Assembler()

    /// How long to wait for the rest of what has begun; nil when nothing has.
    var patience: Duration? {
        if paste != nil { return .seconds(2) }
        return sequence == .none && characters.isEmpty ? nil : .milliseconds(100)
    }

    /// Takes one piece of input; most often that makes one event.
    mutating func decode(_ input: RawInput) -> [InputEvent] {
        if case .byte(let byte) = input { return decode(byte) }
        var events = endSequence()
        characters.reset()
        switch input {
        case .pasteBegin:
            if paste == nil { paste = PasteBuffer() }
        case .pasteEnd:
            events += endPaste()
        case .key(let key):
            if paste == nil { events.append(.key(key)) }
        case .mouse(let event):
            if paste == nil { events.append(.mouse(event)) }
        case .byte, .unknown:
            break
        }
        return events
    }

    /// Nothing more can be read for now: an Esc without more is the key.
    mutating func endOfInput() -> [InputEvent] {
        sequence == .escape && paste == nil ? endSequence() : []
    }

    /// The rest did not come in time: a paste is taken as it is, half a sequence is dropped.
    mutating func timeIsUp() -> [InputEvent] {
        let events = endSequence()
        characters.reset()
        return events + endPaste()
    }

    private mutating func decode(_ byte: UInt8) -> [InputEvent] {
        switch sequence {
        case .none:
            if byte != 0x1B { return plain(byte) }
            characters.reset()
            sequence = .escape
        case .escape:
            return afterEscape(byte)
        case .control(let bytes):
            return afterControl(bytes, byte)
        case .singleShift:
            sequence = .none
            return finish(parameters: "", final: byte)
        case .linuxConsole:
            sequence = .none
        }
        return []
    }

    private mutating func afterEscape(_ byte: UInt8) -> [InputEvent] {
        switch byte {
        case UInt8(ascii: "["): sequence = .control([])
        case UInt8(ascii: "O"): sequence = .singleShift
        case 0x1B: return paste == nil ? [.key(.escape)] : []
        default: return endSequence() + plain(byte)
        }
        return []
    }

    private mutating func afterControl(_ bytes: [UInt8], _ byte: UInt8) -> [InputEvent] {
        switch byte {
        case UInt8(ascii: "[") where bytes.isEmpty:
            sequence = .linuxConsole
        case 0x20...0x3F where bytes.count < 32:
            sequence = .control(bytes + [byte])
        case 0x40...0x7E:
            sequence = .none
            return finish(parameters: String(decoding: bytes, as: UTF8.self), final: byte)
        case 0x1B:
            sequence = .escape
        default:
            sequence = .none
        }
        return []
    }

    private mutating func finish(parameters: String, final: UInt8) -> [InputEvent] {
        switch EscapeSequence(parameters: parameters, final: final) {
        case .pasteBegin: return decode(.pasteBegin)
        case .pasteEnd: return decode(.pasteEnd)
        case .key(let key): return paste == nil ? [.key(key)] : []
        case .unknown: return []
        }
    }

    private mutating func endSequence() -> [InputEvent] {
        defer { sequence = .none }
        return sequence == .escape && paste == nil ? [.key(.escape)] : []
    }

    private mutating func endPaste() -> [InputEvent] {
        defer { paste = nil }
        return paste.map { [.paste($0.text)] } ?? []
    }

    private mutating func plain(_ byte: UInt8) -> [InputEvent] {
        if paste != nil {
            paste?.append(byte)
            return []
        }
        if let key = Key(controlByte: byte) {
            characters.reset()
            return [.key(key)]
        }
        guard byte > 0x1F, let scalar = characters.append(byte) else { return [] }
        let text = sanitised(String(scalar))
        guard let character = text.first, character != "\u{FFFD}" else { return [] }
        return [.key(.character(character))]
    }
}
