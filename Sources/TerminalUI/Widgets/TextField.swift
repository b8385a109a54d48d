/// A text that the user edits, and where in it he is.
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

    /// The text.
    package var text: String { String(characters) }
    /// The number of characters.
    package var count: Int { characters.count }
    /// True without a character.
    package var isEmpty: Bool { characters.isEmpty }

    /// Puts text at the cursor, typed or pasted. Control characters are left out, and what goes beyond the limit.
    package mutating func insert(_ text: String) {
        let allowed = text.filter { $0.unicodeScalars.allSatisfy { CharacterKind($0) != .dangerous && CharacterKind($0) != .blank } }
        let inserted = allowed.prefix(max(0, limit - characters.count))
        characters.insert(contentsOf: inserted, at: cursor)
        cursor += inserted.count
    }

    /// Deletes the character before the cursor.
    package mutating func backspace() {
        guard cursor > 0 else { return }
        cursor -= 1
        characters.remove(at: cursor)
    }

    /// Deletes the character after the cursor.
    package mutating func delete() {
        guard cursor < characters.count else { return }
        characters.remove(at: cursor)
    }

    /// Deletes everything before the cursor.
    package mutating func deleteToStart() {
        characters.removeFirst(cursor)
        cursor = 0
    }

    /// Deletes everything after the cursor.
    package mutating func deleteToEnd() {
        characters.removeLast(characters.count - cursor)
    }

    /// Deletes the word before the cursor, and the blanks between.
    package mutating func deleteWord() {
        while cursor > 0, characters[cursor - 1] == " " { backspace() }
        while cursor > 0, characters[cursor - 1] != " " { backspace() }
    }

    /// Deletes everything.
    package mutating func clear() {
        characters = []
        cursor = 0
    }

    /// Moves the cursor by some characters, to the left when negative, as far as there are any.
    package mutating func move(by distance: Int) {
        cursor = min(characters.count, max(0, cursor + distance))
    }

    /// Moves the cursor to the start.
    package mutating func home() {
        cursor = 0
    }

    /// Moves the cursor to the end.
    package mutating func end() {
        cursor = characters.count
    }

    /// Edits the text as this key asks for.
    ///
    /// Beside the keys one expects: Control-A and E to the start and the end, B and F by one, D deletes, U and K delete to the start and
    /// the end, W deletes a word.
    /// - Returns: False when the key means nothing to a text field, as Enter, Escape and Tab do.
    @discardableResult
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: backspace()
        case .delete, .control("d"): delete()
        case .left, .control("b"): move(by: -1)
        case .right, .control("f"): move(by: 1)
        case .home, .control("a"): home()
        case .end, .control("e"): end()
        case .control("u"): deleteToStart()
        case .control("k"): deleteToEnd()
        case .control("w"): deleteWord()
        default: return false
        }
        return true
    }

    /// What is shown of each character.
    func shownCharacters(symbols: Symbols) -> [String] {
        isSecret ? characters.map { _ in symbols.secret } : characters.map { sanitised(String($0), symbols: symbols) }
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    /// The text, or only its length when it is a secret, so that a secret never gets into a log by accident.
    package var description: String {
        isSecret ? "<\(count) characters>" : text
    }

    /// Shows no more than `description`.
    package var customMirror: Mirror {
        Mirror(self, children: ["text": description])
    }
}
