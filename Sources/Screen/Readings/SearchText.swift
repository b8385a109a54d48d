/// Text as a search compares it: without case, accents and the like.
enum SearchText {
    /// The text as UTF-8, each letter in its plain small form: `Kjøkken` and `KJOKKEN` are the same.
    ///
    /// FoundationEssentials folds no accents, so those of Latin letters are taken off by a table, and combining marks by their
    /// category. Other scripts keep their letters, and lose only their case.
    static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: bytes.append(UInt8(scalar.value) + 0x20)
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            default: append(scalar, to: &bytes)
            }
        }
        return bytes
    }

    /// A folded text in which numbers sort by their value: `Room 2` before `Room 10`.
    static func sortKey(_ text: String) -> [UInt8] {
        var key: [UInt8] = []
        var digits: [UInt8] = []
        func endNumber() {
            guard !digits.isEmpty else { return }
            let number = digits.drop { $0 == Self.zero }
            // The number of digits goes first: a longer number is a greater one.
            key += [Self.zero + UInt8(min(number.count, 200))] + number
            digits = []
        }
        for byte in folded(text) {
            if (Self.zero...Self.zero + 9).contains(byte) {
                digits.append(byte)
            } else {
                endNumber()
                key.append(byte)
            }
        }
        endNumber()
        return key
    }

    private static let zero = UInt8(ascii: "0")

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if let plain = plainForms[scalar] {
            bytes += plain
        } else if scalar.properties.generalCategory != .nonspacingMark {
            bytes += scalar.properties.lowercaseMapping.utf8
        }
    }

    /// Plain forms of Latin letters, from U+00C0 to U+017F.
    private static let plainForms: [Unicode.Scalar: [UInt8]] = {
        let letters: [(plain: String, accented: String)] = [
            ("a", "ÀÁÂÃÄÅàáâãäåĀāĂăĄą"), ("ae", "Ææ"), ("c", "ÇçĆćĈĉĊċČč"), ("d", "ÐðĎďĐđ"), ("e", "ÈÉÊËèéêëĒēĔĕĖėĘęĚě"),
            ("g", "ĜĝĞğĠġĢģ"), ("h", "ĤĥĦħ"), ("i", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı"), ("ij", "Ĳĳ"), ("j", "Ĵĵ"), ("k", "Ķķĸ"), ("l", "ĹĺĻļĽľĿŀŁł"),
            ("n", "ÑñŃńŅņŇňŉŊŋ"), ("o", "ÒÓÔÕÖØòóôõöøŌōŎŏŐő"), ("oe", "Œœ"), ("r", "ŔŕŖŗŘř"), ("s", "ŚśŜŝŞşŠšſ"), ("ss", "ß"),
            ("t", "ŢţŤťŦŧ"), ("th", "Þþ"), ("u", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų"), ("w", "Ŵŵ"), ("y", "ÝýÿŶŷŸ"), ("z", "ŹźŻżŽž"),
        ]
        return letters.reduce(into: [:]) { forms, letter in
            for scalar in letter.accented.unicodeScalars { forms[scalar] = Array(letter.plain.utf8) }
        }
    }()
}

/// The words that a text has to hold, in any order.
struct SearchQuery: Sendable, Hashable {
    private let words: [[UInt8]]

    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { SearchText.folded(String($0)) }.filter { !$0.isEmpty }
    }

    var isEmpty: Bool { words.isEmpty }

    /// Whether a folded text holds all words.
    func matches(_ text: [UInt8]) -> Bool {
        words.allSatisfy { Self.holds(text, $0) }
    }

    private static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, text.count >= word.count else { return false }
        return (0...text.count - word.count).contains { start in
            text[start] == first && text[start..<start + word.count].elementsEqual(word)
        }
    }
}
