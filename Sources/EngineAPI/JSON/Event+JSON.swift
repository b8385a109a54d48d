import Homes
import OperatingSystem

extension Event: Codable {
    /// In words, with times in RFC 3339; without the path of the token file, which is no business of the network's, but where readers
    /// may know it.
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .time: time, .subject: subject, .outcome: outcome, .severity: severity,
            .detail: detail(clock: RFC3339.text, describe: encoder.tellsPaths ? \.description : \.reason), .error: error,
        ]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let words = Words(
            subject: try json.required(.subject), outcome: try json.required(.outcome), severity: try json.required(.severity),
            detail: try json.required(.detail), error: try json.optional(.error)
        )
        self.init(time: try json.required(.time), kind: .told(words))
    }
}
