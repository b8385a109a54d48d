extension Double {
    /// Reads a number that stands in a text, as NetAtmo's own samples have it: only what JSON would take without the quotes.
    ///
    /// `Double.init` alone takes `0x10`, `+5`, `.5`, `nan` and `inf` too, which no sender means there.
    init?(jsonText text: String) {
        var rest = text.utf8[...]
        func skip(_ characters: Unicode.Scalar...) -> Bool {
            guard let first = rest.first, characters.contains(where: { $0.value == UInt32(first) }) else { return false }
            rest = rest.dropFirst()
            return true
        }
        func digits() -> Int {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            return digits.count
        }
        _ = skip("-")
        guard skip("0") || digits() > 0 else { return nil }
        if skip("."), digits() == 0 { return nil }
        if skip("e", "E") {
            _ = skip("+", "-")
            if digits() == 0 { return nil }
        }
        guard rest.isEmpty else { return nil }
        self.init(text)
    }
}
