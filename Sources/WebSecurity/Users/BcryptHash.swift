import CCrypt
import OperatingSystem

/// The bcrypt hash of a password, as `htpasswd -nB` writes it.
struct BcryptHash: Sendable, Hashable {
    /// As it stands in the file: no secret, but not told either.
    private let text: String
    /// Each more doubles the work.
    let cost: Int

    /// The most that is taken: some two seconds of work. Prometheus waits 10 s for a scrape, and the sign-in of one user may wait for
    /// others.
    static let highestCost = 15

    static let expectation =
        "a bcrypt hash of cost 4 to \(highestCost), as htpasswd -nBC 10 NAME writes it behind the colon: $2y$10$ and 53 characters"

    /// Reads `$2a$`, `$2b$` or `$2y$`, a cost of two digits, and 53 characters of salt and hash; `nil` where the text is anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, ["2a", "2b", "2y"].contains(parts[1]), parts[2].utf8.count == 2,
            parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let cost = Int(parts[2]), (4...Self.highestCost).contains(cost),
            parts[3].utf8.count == 53, parts[3].utf8.allSatisfy(Self.isInAlphabet)
        else { return nil }
        self.text = text
        self.cost = cost
    }

    private static func isInAlphabet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: ".")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// Whether it is this password's. Takes as long as the cost says, and no event loop should wait for it.
    func matches(_ password: Secret) -> Bool {
        let bytes = Array(password.reveal().utf8)
        // C's text would end there.
        guard !bytes.contains(0) else { return false }
        let work = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        work.initialize(to: crypt_data())
        defer {
            work.update(repeating: crypt_data(), count: 1)
            work.deallocate()
        }
        guard let found = crypt_r(password.reveal(), text, work) else { return false }
        return String(cString: found).isSameInConstantTime(as: text)
    }
}

extension String {
    /// Whether the texts are the same, in a time that tells nothing of where they differ.
    package func isSameInConstantTime(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
