import OperatingSystem

/// The page at `/auth/authorize` where it takes a one-time key: a button that spends the key of the address, or a field for one.
///
/// A key is spent by the button alone, since programs open addresses too: chats and phones to show a preview, browsers ahead of their
/// user. So the page says nothing about the key either.
enum SignInPage: Sendable {
    /// The address brought a key: a button sends it.
    case button(key: Secret, warning: String?)
    /// There is none that is good; why, and where to find one.
    case field(reason: String, warning: String?)

    private enum Field: String {
        case text
        case key
        case warning
    }

    /// The longest key that is put into a page, in bytes; ours have 22.
    private static let longestKey = 64

    /// The page for a key as it stands in an address; `nil` where it can be none.
    ///
    /// - Parameter warning: That a sign-in would be refused, and why; `nil` where nothing is known to stand in its way.
    init?(key text: some StringProtocol, warning: String?) {
        guard text.utf8.count <= Self.longestKey, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let key = Secret(String(text))
        else { return nil }
        self = .button(key: key, warning: warning)
    }

    /// - Parameter prefix: What stands before each path at the external URL.
    func html(prefix: String) -> String {
        switch self {
        case .button(let key, let warning):
            let text = "NetAtmo asks you to allow this exporter to read your stations. This works once."
            return Self.filled(Self.buttonPage, prefix, text: text, key: key.reveal(), warning: warning)
        case .field(let reason, let warning):
            return Self.filled(Self.fieldPage, prefix, text: reason, warning: warning)
        }
    }

    private static func filled(_ page: PageTemplate<Field>, _ prefix: String, text: String, key: String = "", warning: String?) -> String {
        page.filled(behind: prefix) { field in
            switch field {
            case .text: text
            case .key: key
            case .warning: warning ?? ""
            }
        }
    }

    private static let buttonPage = page(input: #"<input type="hidden" name="key" value="{{key}}">"#)
    private static let fieldPage = page(
        input: #"<label for="key">One-time key</label> <input id="key" name="key" type="password" autocomplete="off" required>"#)

    /// `Web/sign-in.html` with what its form sends.
    private static func page(input: String) -> PageTemplate<Field> {
        PageTemplate(String(decoding: PackageResources.sign_in_html, as: UTF8.self).replacing("{{input}}", with: input))
    }
}
