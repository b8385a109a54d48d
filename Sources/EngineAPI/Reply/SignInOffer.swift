package import FoundationEssentials
package import OperatingSystem

/// How a user can sign in: addresses for a browser, good once and for 10 minutes.
package struct SignInOffer: Sendable {
    /// This exporter's own address, for a browser on this machine or through a tunnel to it; under the external URL, where
    /// there is one, for a browser anywhere.
    package let localURL: Secret
    /// The same without a key, for a browser that this machine opens: arguments of a command can be seen by others.
    package let browserURL: String
    /// NetAtmo's page, for a browser anywhere; where it ends on is to be pasted.
    package let netatmoURL: Secret
    package let phone: PhoneAddress
    package let expires: Date

    package init(localURL: Secret, browserURL: String, netatmoURL: Secret, phone: PhoneAddress = .unreachable, expires: Date) {
        self.localURL = localURL
        self.browserURL = browserURL
        self.netatmoURL = netatmoURL
        self.phone = phone
        self.expires = expires
    }
}
