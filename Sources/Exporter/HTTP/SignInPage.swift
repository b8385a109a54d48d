import Hummingbird
import System

/// The page at `/auth/authorize` for who needs a one-time key: a button that spends the key of the address, or a field for one.
///
/// A key is spent by the button alone, since programs open addresses too: chats and phones to show a preview, browsers ahead of their
/// user. So the page says nothing about the key either.
enum SignInPage: Sendable {
    /// The address brought a key: a button sends it.
    case button(key: Secret, warning: String?)
    /// There is none that is good; why, and where to find one.
    case field(reason: String, warning: String?)

    /// What is put into the page: a key or a reason, that a sign-in would be refused, and what its addresses begin with.
    private enum Field: String {
        case prefix
        case key
        case reason
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

    /// - Parameter leading: What stands before each path at the external URL.
    func html(prefix leading: String) -> String {
        switch self {
        case .button(let key, let warning): Self.filled(Self.buttonPage, leading, key: key.reveal(), warning: warning)
        case .field(let reason, let warning): Self.filled(Self.fieldPage, leading, reason: reason, warning: warning)
        }
    }

    private static func filled(
        _ page: PageTemplate<Field>, _ leading: String, key: String = "", reason: String = "", warning: String?
    ) -> String {
        page.filled { field in
            switch field {
            case .prefix: leading
            case .key: key
            case .reason: reason
            case .warning: warning ?? ""
            }
        }
    }

    private static let buttonPage = PageTemplate<Field>(String(decoding: PackageResources.sign_in_html, as: UTF8.self))
    private static let fieldPage = PageTemplate<Field>(String(decoding: PackageResources.key_html, as: UTF8.self))
}
