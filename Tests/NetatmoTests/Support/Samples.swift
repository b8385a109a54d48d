import Foundation
import TestSupport

@testable import Netatmo
@testable import OperatingSystem

/// A secret of a text that is not empty.
func secret(_ text: String) -> Secret {
    SampleTokens.secret(text)
}

/// 23 November 2026, 20:17:52 UTC.
let now = Date(timeIntervalSince1970: 1_795_465_072)

/// Credentials that need encoding in a form.
let credentials = ClientCredentials(id: "app-5f&1", secret: secret("Cl1ent/Secret+0123456789=="))
