import TerminalUI
import Testing

@Suite("Text field")
struct TextFieldTests {
    @Test(
        "Keys edit the text at the cursor",
        arguments: [
            ([Key.character("x")], "abcx", 4), ([.backspace], "ab", 2), ([.left, .backspace], "ac", 1), ([.home, .delete], "bc", 0),
            ([.left, .left, .character("é")], "aébc", 2), ([.home, .backspace], "abc", 0), ([.delete], "abc", 3), ([.right], "abc", 3),
            ([.control("a"), .character("日")], "日abc", 1), ([.left, .control("u")], "c", 0), ([.left, .control("k")], "ab", 2),
            ([.character(" "), .character("d"), .control("w")], "abc ", 4), ([.home, .end, .character("!")], "abc!", 4),
        ])
    func editing(keys: [Key], text: String, cursor: Int) {
        var field = TextField(text: "abc")
        for key in keys { field.handle(key) }
        #expect(field.text == text)
        #expect(field.cursor == cursor)
    }

    @Test("Enter, Escape and Tab are not for a text field", arguments: [Key.enter, .escape, .tab, .up, .function(1), .control("z")])
    func foreignKeys(key: Key) {
        var field = TextField(text: "abc")
        let isUsed = field.handle(key)
        #expect(!isUsed)
        #expect(field.text == "abc")
    }

    @Test("What is pasted is cleaned and bounded")
    func pasting() {
        var field = TextField(limit: 8)
        field.insert("ab\u{1B}[c\nd\u{202E}")
        #expect(field.text == "ab[cd")
        field.insert("123456")
        #expect(field.text == "ab[cd123")
    }

    @Test("A secret shows bullets, and no more than its length in a log")
    func secret() {
        let field = TextField(text: "hunter2", isSecret: true)
        #expect(drawing(TextFieldView(field, isFocused: true, symbols: .unicode), 10, 1) == "•••••••")
        #expect(drawing(TextFieldView(field, isFocused: true, symbols: .ascii), 10, 1) == "*******")
        #expect("\(field)" == "<7 characters>")
        var dumped = ""
        dump(field, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test("A long text scrolls so that the cursor shows")
    func scrolling() {
        var field = TextField(text: "abcdefghijklmno")
        let end = frame(of: TextFieldView(field, isFocused: true, symbols: .unicode), 6, 1)
        #expect(end.lines == ["klmno"])
        #expect(end.cursor == Point(column: 5, row: 0))
        field.handle(.home)
        let start = frame(of: TextFieldView(field, isFocused: true, symbols: .unicode), 6, 1)
        #expect(start.lines == ["abcdef"])
        #expect(start.cursor == Point(column: 0, row: 0))
        let wide = frame(of: TextFieldView(TextField(text: "日本語日本語"), isFocused: true, symbols: .unicode), 6, 1)
        #expect(wide.lines == ["本語"])
        #expect(wide.cursor == Point(column: 4, row: 0))
    }

    @Test("An empty field shows its placeholder, and without focus no cursor")
    func placeholder() {
        let frame = frame(of: TextFieldView(TextField(), placeholder: "client id", symbols: .unicode), 6, 1)
        #expect(frame.lines == ["clien…"])
        #expect(frame.cursor == nil)
    }
}
