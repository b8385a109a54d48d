@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

/// The callback and the pasted address are two readers of one text: they have to agree on it.
enum CallbackProperties {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let text = String(decoding: bytes, as: UTF8.self)
        let answer = AuthorizationAnswer(query: text)
        if let answer {
            try require(text.utf8.count <= 8192, "a query without end was read")
            try check(answer)
        }
        try check(pasted: text)
        // Line feeds, blanks at the ends and a fragment are left out of an address that is pasted; an accent behind the `?` hides it.
        let isLeftAlone = !text.contains(where: \.isNewline) && !text.unicodeScalars.contains("#") && text.last?.isWhitespace != true
        guard isLeftAlone, ("?" + text).first == "?" else { return }
        let address = "http://127.0.0.1:9210/auth/callback?" + text
        try require(redirect(in: address) == answer, "the callback and the pasted address read two things")
    }

    private static func check(_ answer: AuthorizationAnswer) throws(Violation) {
        let field: (name: String, value: String)
        switch answer.result {
        case .code(let code):
            field = ("code", code.reveal())
        case .denied(let word):
            try requireOneLine(SignInError.denied(word).description)
            field = ("error", word)
        }
        let form = PercentEncoding.form([field] + (answer.state.map { [("state", $0.reveal())] } ?? []))
        // What is percent-encoded takes up to three times the room.
        guard form.utf8.count <= 8192 else { return }
        try require(AuthorizationAnswer(query: form) == answer, "written again, it is read in another way")
    }

    private static func check(pasted text: String) throws(Violation) {
        let pasted: PastedSignIn
        do throws(SignInError) {
            pasted = try PastedSignIn(text)
        } catch {
            guard case .unreadable = error else { return try require(false, "refused for another reason: \(error)") }
            return try requireOneLine("\(error)")
        }
        switch pasted {
        case .refreshToken(let token):
            let bytes = token.reveal().utf8
            try require((16...1024).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7e).contains($0) }, "no token")
        case .redirect(let answer):
            try check(answer)
        }
    }

    private static func redirect(in address: String) -> AuthorizationAnswer? {
        guard case .redirect(let answer) = try? PastedSignIn(address) else { return nil }
        return answer
    }
}
