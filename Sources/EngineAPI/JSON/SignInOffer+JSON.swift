import OperatingSystem
import FoundationEssentials

/// Written with its secrets, on purpose: a front end shows them to the user. To be sent over the control socket alone.
extension SignInOffer: Codable {
    private enum Key: String, CodingKey {
        case localURL, browserURL, netatmoURL, phone, expires
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(localURL.reveal(), forKey: .localURL)
        try json.encode(browserURL, forKey: .browserURL)
        try json.encode(netatmoURL.reveal(), forKey: .netatmoURL)
        try json.encode(phone, forKey: .phone)
        try json.encode(expires, forKey: .expires)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        guard let local = Secret(try json.decode(String.self, forKey: .localURL)),
            let netatmo = Secret(try json.decode(String.self, forKey: .netatmoURL))
        else { throw DecodingError.dataCorruptedError(forKey: .localURL, in: json, debugDescription: "an empty address") }
        self.init(
            localURL: local, browserURL: try json.decode(String.self, forKey: .browserURL), netatmoURL: netatmo,
            phone: try json.decode(PhoneAddress.self, forKey: .phone), expires: try json.decode(Date.self, forKey: .expires))
    }
}

extension PhoneAddress: Codable {
    private enum Key: String, CodingKey {
        case complete, toBePasted
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        switch self {
        case .complete(let address): try json.encode(address.reveal(), forKey: .complete)
        case .toBePasted(let address): try json.encode(address.reveal(), forKey: .toBePasted)
        case .unreachable: break
        }
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        if let address = try json.decodeIfPresent(String.self, forKey: .complete).flatMap(Secret.init) {
            self = .complete(address)
        } else if let address = try json.decodeIfPresent(String.self, forKey: .toBePasted).flatMap(Secret.init) {
            self = .toBePasted(address)
        } else {
            self = .unreachable
        }
    }
}
