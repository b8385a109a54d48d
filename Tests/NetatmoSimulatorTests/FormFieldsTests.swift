import Testing

@testable import NetatmoSimulator

@Suite("Forms")
struct FormFieldsTests {
    @Test("Values are decoded, + is a blank, a name without = is empty")
    func decoding() throws {
        let fields = try FormFields("a=1%7C2+3&b&c=&&%C3%A6=%F0%9F%8C%A7&d=x=y")
        #expect(fields["a"] == "1|2 3")
        #expect(fields["b"] == "")
        #expect(fields["c"] == "")
        #expect(fields["æ"] == "🌧")
        #expect(fields["d"] == "x=y")
        #expect(fields["e"] == nil)
    }

    @Test("What is encoded comes back", arguments: ["", "a|b", "100 % + 1", "æøå\n\0🌧", "-._~"])
    func roundTrip(text: String) throws {
        #expect(try FormFields("x=" + FormFields.encode(text))["x"] == text)
    }

    @Test("Malformed encodings are refused", arguments: ["a=%", "a=%1", "a=%zz", "%+1=a", "a=%ff%fe", "a=%C3"])
    func malformed(text: String) {
        #expect(throws: FormFields.Problem.badEncoding) { try FormFields(text) }
    }

    @Test("A repeated field and too many fields are refused")
    func bounds() {
        #expect(throws: FormFields.Problem.repeated("a")) { try FormFields("a=1&%61=2") }
        let many = (0...100).map { "f\($0)=" }.joined(separator: "&")
        #expect(throws: FormFields.Problem.tooMany) { try FormFields(many) }
    }
}
