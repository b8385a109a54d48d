/// A text that must never be shown: a token, a client secret, an authorization code, a one-time key.
///
/// Printing, interpolating, dumping or reflecting a secret gives `<secret>`; only ``reveal()`` gives the text,
/// so that each place where a secret leaves the program can be found by that one word.
package struct Secret: Sendable, Hashable {
    private let text: String

    /// Wraps a text; `nil` where it is empty, since an empty secret is none.
    package init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        self.text = text
    }

    /// Wraps a token; `nil` where the text can be none.
    ///
    /// RFC 6749, appendix A, has tokens consist of visible ASCII; with anything else, a line feed first of all, no header can be made
    /// of it. What is longer no server takes in a header.
    package static func token(_ text: String) -> Secret? {
        guard text.utf8.count <= longestToken, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return Secret(text)
    }

    /// In bytes.
    package static let longestToken = 8192

    /// The text itself, for a request to NetAtmo or for the token file, and for nothing else.
    package func reveal() -> String {
        text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<secret>`, always.
    package var description: String { "<secret>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
