import OperatingSystem

/// What is wrong with a text that was pasted to sign in.
package enum PasteProblem: Sendable, Hashable, Codable, CustomStringConvertible {
    case empty
    case tooLong
    case tooShort
    case blanks
    case foreignCharacters
    case incompleteAddress
    case beginning
    case noAnswer(host: String?)

    /// In bytes: more than any address has.
    package static let longestText = 16_384

    package var description: String {
        switch self {
        case .empty: "nothing was pasted"
        case .tooLong: "that is longer than an address or a token can be"
        case .tooShort: "that is too short for a refresh token, and no address"
        case .blanks: "there are blanks in it: an address or a token has none"
        case .foreignCharacters: "there are characters in it that no token has"
        case .incompleteAddress: "that is a part of an address: paste all of it, from http on"
        case .beginning: "that is the address to begin with: sign in there, then paste the one that the browser ends on"
        case .noAnswer(let host):
            "that address\(host.map { " of \($0)" } ?? "") holds no answer of NetAtmo: paste the one that the browser ends on, with \(ExporterPath.callback.rawValue) in it"
        }
    }
}
