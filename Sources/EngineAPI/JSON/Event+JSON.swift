import FoundationEssentials
import Homes
import OperatingSystem

extension Event: Codable {
    /// In words, with times in RFC 3339; without the path of the token file, which is no business of the network's.
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(time, forKey: .time)
        try json.encode(subject, forKey: .subject)
        try json.encode(outcome, forKey: .outcome)
        try json.encode(severity, forKey: .severity)
        try json.encode(detail(clock: RFC3339.text, describe: \.reason), forKey: .detail)
        try json.encode(error, forKey: .error)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let words = Words(
            subject: try json.decode(Subject.self, forKey: .subject), outcome: try json.decode(String.self, forKey: .outcome),
            severity: try json.decode(Severity.self, forKey: .severity), detail: try json.decode(String.self, forKey: .detail),
            error: try json.optional(.error)
        )
        self.init(time: try json.decode(Date.self, forKey: .time), kind: .told(words))
    }
}
