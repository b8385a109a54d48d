package import Homes

// A failure in JSON is a word for programs, a line for people, and what these are made of.

extension NetatmoError: Codable {
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(kind.rawValue, forKey: .kind)
        try json.encode(description, forKey: .text)
        try json.encode(status, forKey: .status)
        try json.encode(code, forKey: .code)
        try json.encode(message, forKey: .message)
        try json.encode(retryAfter.map(\.jsonSeconds), forKey: .retryAfterSeconds)
        try json.encode(mayHaveBeenCarriedOut, forKey: .mayHaveBeenCarriedOut)
    }

    /// Of a kind that this release does not know only the line for people is kept.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        guard let kind = Kind(rawValue: try json.decode(String.self, forKey: .kind)) else {
            self.init(.refused, message: try json.decode(String.self, forKey: .text))
            return
        }
        self.init(
            kind, status: try json.optional(.status), code: try json.optional(.code), message: try json.optional(.message),
            retryAfter: try json.optional(.retryAfterSeconds, Double.self).map { .seconds($0) },
            mayHaveBeenCarriedOut: try json.optional(.mayHaveBeenCarriedOut) ?? false
        )
    }
}

extension TokenFileError: Codable {
    /// Without the file's path, which is no business of the network's.
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode("file", forKey: .kind)
        try json.encode("\(reason); \(remedy)", forKey: .text)
        try json.encode(reason, forKey: .reason)
        try json.encode(remedy, forKey: .remedy)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let told = Cause.told(reason: try json.decode(String.self, forKey: .reason), remedy: try json.decode(String.self, forKey: .remedy))
        self.init(path: "", cause: told)
    }
}
