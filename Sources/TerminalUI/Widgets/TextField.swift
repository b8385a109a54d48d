/// A text that the user edits, and where in it the cursor is.
///
/// A value without a screen; `TextFieldView` draws it.
package struct TextField: Sendable, Hashable {
    /// The characters of the text, so that the cursor can stand between any two.
    private var characters: [Character]
    /// How many characters are before the cursor.
    package private(set) var cursor: Int
    /// True when the text must not be readable over a shoulder.
    package let isSecret: Bool
    /// The most characters that are taken.
    package let limit: Int

    /// Makes a field with the cursor at the end of the text.
    package init(text: String = "", isSecret: Bool = false, limit: Int = 4096) {
        self.isSecret = isSecret
        self.limit = max(0, limit)
        characters = []
        cursor = 0
        insert(text)
    }

    package var text: String { String(characters) }
    package var isEmpty: Bool { characters.isEmpty }

    /// Puts text at the cursor, typed or pasted. Control characters are left out, and what goes beyond the limit.
    package mutating func insert(_ text: String) {
        let allowed = text.filter { $0.unicodeScalars.allSatisfy { ![.dangerous, .blank].contains(CharacterKind($0)) } }
        let inserted = allowed.prefix(max(0, limit - characters.count))
        characters.insert(contentsOf: inserted, at: cursor)
        cursor += inserted.count
    }

    /// Deletes everything.
    package mutating func clear() {
        delete(characters.indices)
    }

    /// Moves the cursor to the end.
    package mutating func end() {
        cursor = characters.count
    }

    /// Edits the text as this key asks for.
    ///
    /// Beside the keys one expects: Control-A and E to the start and the end, B and F by one, D deletes, U and K delete to the start and
    /// the end, W deletes a word and the blanks behind it.
    /// - Returns: False when the key means nothing to a text field, as Enter, Escape and Tab do.
    @discardableResult
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: delete(cursor - 1..<cursor)
        case .delete, .control("d"): delete(cursor..<cursor + 1)
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): end()
        case .control("u"): delete(0..<cursor)
        case .control("k"): delete(cursor..<characters.count)
        case .control("w"):
            let wordEnd = characters[..<cursor].lastIndex { $0 != " " } ?? 0
            delete((characters[..<wordEnd].lastIndex(of: " ").map { $0 + 1 } ?? 0)..<cursor)
        default: return false
        }
        return true
    }

    /// Deletes the characters of a range, as far as there are any. It begins or ends at the cursor.
    private mutating func delete(_ range: Range<Int>) {
        let range = range.clamped(to: characters.indices)
        characters.removeSubrange(range)
        cursor = min(cursor, range.lowerBound)
    }

    /// What is shown of each character.
    func shownCharacters(symbols: Symbols) -> [String] {
        isSecret ? characters.map { _ in symbols.secret } : characters.map { sanitised(String($0), symbols: symbols) }
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    /// The text, or only its length when it is a secret, so that a secret never gets into a log by accident.
    package var description: String { isSecret ? "<\(characters.count) characters>" : text }

    /// Shows no more than `description`.
    package var customMirror: Mirror { Mirror(self, children: ["text": description]) }
}
