package import Homes

// A failure in JSON is a word for programs, a line for people, and what these are made of.

extension NetatmoError: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .kind: kind.rawValue, .text: description, .status: status, .code: code, .message: message,
            .retryAfterSeconds: retryAfter?.jsonSeconds, .mayHaveBeenCarriedOut: mayHaveBeenCarriedOut,
        ]
        try json.encode(to: encoder)
    }

    /// Of a kind that this release does not know only the line for people is kept.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        guard let kind = Kind(rawValue: try json.required(.kind)) else {
            self.init(.refused, message: try json.required(.text))
            return
        }
        self.init(
            kind, status: try json.optional(.status), code: try json.optional(.code), message: try json.optional(.message),
            retryAfter: try json.optionalDuration(.retryAfterSeconds),
            mayHaveBeenCarriedOut: try json.optional(.mayHaveBeenCarriedOut) ?? false
        )
    }
}

extension TokenFileError: Codable {
    /// Without the file's path, which is no business of the network's.
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [.kind: "file", .text: "\(reason); \(remedy)", .reason: reason, .remedy: remedy]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(path: "", cause: .told(reason: try json.required(.reason), remedy: try json.required(.remedy)))
    }
}
