import Hummingbird
import Netatmo

/// The page at `/auth/authorize` for who needs a one-time key: a button that spends the key of the address, or a field for one.
///
/// A key is spent by the button alone, since programs open addresses too: chats and phones to show a preview, browsers ahead of their
/// user. So the page says nothing about the key either.
enum SignInPage: Sendable {
    /// The address brought a key: a button sends it.
    case button(key: Secret)
    /// There is none that is good; why, and where to find one.
    case field(reason: String)

    /// What is put into the page: a key or a reason, and what its addresses begin with.
    private enum Field: String {
        case prefix
        case key
        case reason
    }

    /// The longest key that is put into a page, in bytes; ours have 22.
    private static let longestKey = 64

    /// The page for a key as it stands in an address; `nil` where it can be none.
    init?(key text: some StringProtocol) {
        guard text.utf8.count <= Self.longestKey, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let key = Secret(String(text))
        else { return nil }
        self = .button(key: key)
    }

    /// - Parameter leading: What stands before each path at the external URL.
    func html(prefix leading: String) -> String {
        switch self {
        case .button(let key): Self.buttonPage.filled { $0 == .prefix ? leading : key.reveal() }
        case .field(let reason): Self.fieldPage.filled { $0 == .prefix ? leading : reason }
        }
    }

    private static let buttonPage = PageTemplate<Field>(String(decoding: PackageResources.sign_in_html, as: UTF8.self))
    private static let fieldPage = PageTemplate<Field>(String(decoding: PackageResources.key_html, as: UTF8.self))
}
