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
    /// A text of a foreign source, with U+FFFD for each character that is harmful wherever it is shown: a label, a document, a
    /// page, a log, a terminal. To be used where such a text is read, so that all of these have the same.
    package var harmless: String {
        // By scalars: a control character can be a part of a longer character, such as a line break of two.
        guard unicodeScalars.contains(where: \.isHarmful) else { return self }
        return String(UnicodeScalarView(unicodeScalars.map { $0.isHarmful ? "\u{FFFD}" : $0 }))
    }

    /// The same as one line, cut to a number of characters: breaks and characters that show nothing become blanks, and several blanks
    /// one.
    package func harmlessLine(limit: Int) -> String {
        let scalars = unicodeScalars.prefix(limit * 4).map { scalar -> Unicode.Scalar in
            if scalar.properties.isWhitespace { return " " }
            return !scalar.isHarmful && scalar.properties.generalCategory == .format ? " " : scalar
        }
        let line = scalars.split(separator: " ").joined(separator: [" "])
        return String(String(UnicodeScalarView(line)).harmless.prefix(limit))
    }
}
