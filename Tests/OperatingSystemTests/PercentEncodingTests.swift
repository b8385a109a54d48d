import Testing

@testable import OperatingSystem

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "Everything but letters, digits and -._~ is encoded",
        arguments: [
            ("5f1c|9a8b", "5f1c%7C9a8b"), ("a b", "a%20b"), ("a+b", "a%2Bb"), ("100%", "100%25"), ("=&?#/:", "%3D%26%3F%23%2F%3A"),
            ("-._~", "-._~"), ("azAZ09", "azAZ09"), ("ä", "%C3%A4"), ("😀", "%F0%9F%98%80"), ("\r\n", "%0D%0A"), ("\u{0}", "%00"), ("", ""),
            ("e\u{301}", "e%CC%81"),
        ]
    )
    func encoded(text: String, expected: String) {
        #expect(PercentEncoding.encode(text) == expected)
    }

    @Test("A form keeps the order of its fields, empty values and names that occur twice")
    func form() {
        #expect(PercentEncoding.form([("b", "1"), ("a|", "x&y=z"), ("b", "")]) == "b=1&a%7C=x%26y%3Dz&b=")
        #expect(PercentEncoding.form([]).isEmpty)
    }

    @Test(
        "A form is read",
        arguments: [
            ("state=s&code=c", ["state", "s", "code", "c"]), ("code=5f%7c9a%7C", ["code", "5f|9a|"]), ("a=b+c%2Bd", ["a", "b c+d"]),
            ("a=", ["a", ""]), ("a", ["a", ""]), ("=b", ["", "b"]), ("a=b=c", ["a", "b=c"]), ("&&a=1&&b=2&", ["a", "1", "b", "2"]),
            ("a=%C3%A4%F0%9F%98%80", ["a", "ä😀"]), ("a=1&a=2", ["a", "1", "a", "2"]), ("", []), ("a=|", ["a", "|"]),
            ("a=%00", ["a", "\u{0}"]),
            ("a=1&\u{301}b=2", ["a", "1", "\u{301}b", "2"]), ("a=\u{338}x", ["a", "\u{338}x"]),
        ]
    )
    func read(form: String, expected: [String]) throws {
        let pairs = try #require(PercentEncoding.pairs(in: form))
        #expect(pairs.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test(
        "A broken escape or bytes that are no UTF-8 spoil the whole text",
        arguments: [
            "a=%", "a=%4", "a=%4&b=1", "a=%zz", "a=%4g", "%=1", "a=%%41", "a=%+1", "a=%FF", "a=%C3", "a=%C0%80", "a=%ED%A0%80",
            "ok=1&a=%FF",
        ]
    )
    func broken(form: String) {
        #expect(PercentEncoding.pairs(in: form) == nil)
    }

    @Test("What was written is read the same")
    func roundTrip() throws {
        let texts = (0..<0x250).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) } + ["a\r\nb", "👨‍👩‍👧", "=&+%|", ""]
        let pairs = try #require(PercentEncoding.pairs(in: PercentEncoding.form(texts.map { ($0, $0) })))
        #expect(pairs.count == texts.count)
        for (pair, text) in zip(pairs, texts) {
            #expect(Array(pair.name.utf8) == Array(text.utf8))
            #expect(Array(pair.value.utf8) == Array(text.utf8))
        }
    }
}
