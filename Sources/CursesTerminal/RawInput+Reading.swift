private import CTerminal
internal import TerminalUI

extension RawInput {
    /// The next piece of what was typed; nil when everything is read.
    static func next() -> RawInput? {
        let event = ct_next_event()
        let position = Point(column: Int(event.column), row: Int(event.row))
        switch ct_event_kind(rawValue: ct_event_kind.RawValue(event.kind)) {
        case CT_NOTHING: return nil
        case CT_BYTE: return .byte(UInt8(truncatingIfNeeded: event.code))
        case CT_KEY: return Key(ct_key(rawValue: ct_key.RawValue(event.code))).map(RawInput.key) ?? .unknown
        case CT_FUNCTION_KEY: return .key(.function(Int(event.code)))
        case CT_PASTE_BEGIN: return .pasteBegin
        case CT_PASTE_END: return .pasteEnd
        case CT_MOUSE_PRESS: return .mouse(MouseEvent(position: position, kind: .press))
        case CT_MOUSE_DRAG: return .mouse(MouseEvent(position: position, kind: .drag))
        case CT_MOUSE_WHEEL_UP: return .mouse(MouseEvent(position: position, kind: .wheelUp))
        case CT_MOUSE_WHEEL_DOWN: return .mouse(MouseEvent(position: position, kind: .wheelDown))
        default: return .unknown
        }
    }
}

extension Key {
    /// The key of a control character; nil for a byte that is none, or that no key has.
    init?(controlByte byte: UInt8) {
        switch byte {
        case 0x08, 0x7F: self = .backspace
        case 0x09: self = .tab
        case 0x0A, 0x0D: self = .enter
        case 0x01...0x1A: self = .control(Character(Unicode.Scalar(byte + 0x60)))
        default: return nil
        }
    }

    fileprivate init?(_ key: ct_key) {
        switch key {
        case CT_KEY_UP: self = .up
        case CT_KEY_DOWN: self = .down
        case CT_KEY_LEFT: self = .left
        case CT_KEY_RIGHT: self = .right
        case CT_KEY_HOME: self = .home
        case CT_KEY_END: self = .end
        case CT_KEY_PAGE_UP: self = .pageUp
        case CT_KEY_PAGE_DOWN: self = .pageDown
        case CT_KEY_INSERT: self = .insert
        case CT_KEY_DELETE: self = .delete
        case CT_KEY_BACKSPACE: self = .backspace
        case CT_KEY_ENTER: self = .enter
        case CT_KEY_BACKTAB: self = .backTab
        case CT_KEY_SHIFT_LEFT: self = .shiftLeft
        case CT_KEY_SHIFT_RIGHT: self = .shiftRight
        default: return nil
        }
    }
}
