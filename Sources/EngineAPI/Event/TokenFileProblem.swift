/// What another program, or the user, did to the token file while the program runs; the token in memory stays as it is.
package enum TokenFileProblem: Sendable, Hashable, Codable {
    case gone
    /// It holds a refresh token that was exchanged already, so nothing can be had for it.
    case usedUp
    case withoutRefreshToken
    /// It can't be read.
    case unusable(TokenFileError)

    /// What is wrong, and what follows from it.
    ///
    /// - Parameter describe: Writes an error, with the file's path or without.
    func text(_ describe: (TokenFileError) -> String) -> String {
        switch self {
        case .gone: "the token file is gone: the token is written again"
        case .usedUp: "the token file was replaced, but its refresh token is used up: the token in memory is written back"
        case .withoutRefreshToken: "the token file holds no refresh token any more: the token in memory stays in use"
        case .unusable(let error): "the token in memory stays in use: \(describe(error))"
        }
    }
}
