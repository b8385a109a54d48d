import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import Plain

/// What a service manager is told of an exporter: how far it is, and in a line how its token is.
struct ServiceNotice: Hashable {
    enum Phase: Hashable {
        case starting
        /// What listens answers.
        case serving
        case ending
    }

    let phase: Phase
    private let status: String
    /// It ends once NetAtmo has answered a request for a token.
    private let awaitsToken: Bool

    /// In Unicode scalars: the longest message of four bytes each is still one that systemd reads.
    private static let longestStatus = 900
    /// How long an end may take from then on, in seconds: 30 s for NetAtmo's answer, which may hold the only pair that works, and the rest
    /// for those who are being answered and for the disk.
    private static let endLimit = 40

    /// - Parameter token: Its state; words about it hold no secret.
    init(_ phase: Phase, token: TokenStatus, at now: Date) {
        self.phase = phase
        if case (.ending, .underWay) = (phase, token.renewal) { awaitsToken = true } else { awaitsToken = false }
        let words = "Token: " + token.words(at: now, naming: \.plainWord)
        let status = awaitsToken ? words + "; ends once NetAtmo has answered, in at most 30 s" : words
        self.status = status.harmlessLine(limit: Self.longestStatus)
    }

    /// The lines that tell what is new (sd_notify(3)); none where nothing is.
    ///
    /// - Parameter told: What was told before.
    func lines(after told: ServiceNotice?) -> [String] {
        let before = told?.phase ?? .starting
        return [
            phase == .serving && before == .starting ? "READY=1" : nil,
            phase == .ending && before != .ending ? "STOPPING=1" : nil,
            // Only where the unit allows less time than that, and where it is of use.
            awaitsToken && told?.awaitsToken != true ? "EXTEND_TIMEOUT_USEC=\(Self.endLimit * 1_000_000)" : nil,
            status != told?.status ? "STATUS=\(status)" : nil,
        ].compactMap(\.self)
    }
}
