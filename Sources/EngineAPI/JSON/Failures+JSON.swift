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
    /// Without the file's path, which is no business of the network's, and the cause, which may hold it; but where readers may know it.
    package func encode(to encoder: any Encoder) throws {
        let words: StatusObject = [.kind: "file", .text: "\(reason); \(remedy)", .reason: reason, .remedy: remedy]
        let json = encoder.tellsPaths ? words + [.path: path, .cause: cause] : words
        try json.encode(to: encoder)
    }

    /// Of a cause that this release does not know the words are kept.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let told = Cause.told(reason: try json.required(.reason), remedy: try json.required(.remedy))
        self.init(path: (try? json.optional(.path)) ?? "", cause: (try? json.optional(.cause)) ?? told)
    }
}
