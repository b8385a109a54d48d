extension Unicode.Scalar {
    /// Whether it commands a terminal, or moves the text around it: the control characters C0, DEL and C1, the breaks of lines and
    /// paragraphs, and the marks that turn the direction of text (Unicode Standard Annex 9, sections 2.1 to 2.6).
    package var isHarmful: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// A text that somebody else wrote, with U+FFFD for each character that is harmful wherever it is shown: a label, a document, a
    /// page, a log, a terminal. To be used where such a text is read, so that all of these have the same.
    package var harmless: String {
        // By scalars: a control character can be a part of a longer character, such as a line break of two.
        guard unicodeScalars.contains(where: \.isHarmful) else { return self }
        return String(UnicodeScalarView(unicodeScalars.map { $0.isHarmful ? "\u{FFFD}" : $0 }))
    }
}
