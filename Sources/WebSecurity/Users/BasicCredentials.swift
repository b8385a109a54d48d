import FoundationEssentials
import OperatingSystem

/// A user and a password, as the field `Authorization` has them (RFC 7617).
package struct BasicCredentials: Sendable, Hashable {
    let user: String
    let password: Secret

    /// Reads the one value of the field; `nil` where it is anything else, or holds no password.
    package init?(_ field: String) {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let text = String(validating: data, as: UTF8.self), let colon = text.firstIndex(of: ":"),
            let password = Secret(String(text[text.index(after: colon)...]))
        else { return nil }
        user = String(text[..<colon])
        self.password = password
    }
}
