import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// What is known of NetAtmo Energy's homes, and what asking on from there brought.
struct EnergyFetch: Sendable {
    /// The homes as of the last answers.
    private(set) var homes: [EnergyHome] = []
    /// When it was last asked which homes there are; `nil` where that has to be asked.
    private var listedAt: Date?
    /// When it last named homes.
    private var homesSeenAt: Date?
    /// What was unknown and is so still after asking again: that is not asked for once more before its time.
    private var strangers: Set<String> = []

    /// How long, in seconds, the list of homes, rooms and devices serves: it changes seldom.
    static let listAge: TimeInterval = 3600

    struct Outcome: Sendable {
        /// Why a part of the homes, or all, are as of before.
        var error: NetatmoError?
    }

    /// Has to be asked anew: the account may be another.
    mutating func forget() {
        self = EnergyFetch()
    }

    /// By a clock that was set back, nothing was asked in the future.
    mutating func noticeClock(_ now: Date) {
        listedAt = listedAt.map { min($0, now) }
        homesSeenAt = homesSeenAt.map { min($0, now) }
    }

    /// Asks for the homes where that is due, and for how each of them is.
    ///
    /// - Parameter onHome: Gets all homes each time that one of them has told how it is.
    /// - Throws: `NetatmoError` where the token, or the way to NetAtmo, is what fails, which says the same of all that would follow.
    mutating func run(
        _ client: EnergyClient, _ meter: APIMeter, accessToken: Secret, isolation: isolated (any Actor)? = #isolation, now: () -> Date,
        onHome: ([EnergyHome]) -> Void
    ) async throws(NetatmoError) -> Outcome {
        var outcome = Outcome()
        do throws(NetatmoError) {
            try await list(client, meter, accessToken: accessToken, now: now)
        } catch {
            guard error.isOfOneAnswer else { throw error }
            // The list of before, if there is one, is good enough to go on with.
            outcome.error = error
        }
        var unknown: Set<String> = []
        for index in homes.indices {
            do throws(NetatmoError) {
                let status = try await meter.measure(.homeStatus) { () async throws(NetatmoError) in
                    try await client.status(ofHome: homes[index].id, accessToken: accessToken)
                }
                unknown.formUnion(homes[index].unknownIDs(in: status))
                // An answer that says nothing, as of a relay that is off, takes nothing back: what was told before grows stale.
                guard !status.isEmpty || homes[index].toldAt == nil else { continue }
                homes[index] = homes[index].taking(status, at: now())
                onHome(homes)
            } catch {
                guard error.isOfOneAnswer else { throw error }
                outcome.error = outcome.error ?? error
            }
        }
        noteUnknown(unknown)
        return outcome
    }

    /// Asks which homes there are, where that is due. How they were is kept, until it is told anew.
    private mutating func list(
        _ client: EnergyClient, _ meter: APIMeter, accessToken: Secret, isolation: isolated (any Actor)? = #isolation, now: () -> Date
    ) async throws(NetatmoError) {
        if let listedAt, (0..<Self.listAge).contains(now().timeIntervalSince(listedAt)) { return }
        let data = try await meter.measure(.homesData) { () async throws(NetatmoError) in try await client.homes(accessToken: accessToken) }
        // Where there were homes, none at all is more often NetAtmo's trouble than the user's doing: those of before stay for as long as a
        // list serves. It is asked again with the next fetch, and at the start too.
        guard !data.homes.isEmpty else {
            let isLasting = homesSeenAt.map { !(0..<Self.listAge).contains(now().timeIntervalSince($0)) } ?? true
            if isLasting { homes = [] }
            guard homes.isEmpty else {
                throw NetatmoError(.invalidAnswer, message: "no homes in NetAtmo's answer, those of before are kept")
            }
            return
        }
        (listedAt, homesSeenAt) = (now(), now())
        let before = Dictionary(homes.map { ($0.id, $0) }) { first, _ in first }
        homes = data.homes.map { home in before[home.id].map(home.withStates) ?? home }
    }

    /// What was set up since the list is asked for with the next fetch, once.
    private mutating func noteUnknown(_ unknown: Set<String>) {
        if !unknown.subtracting(strangers).isEmpty { listedAt = nil }
        strangers = unknown
    }
}

extension EnergyHome {
    /// The home with how its rooms and devices were in another answer.
    fileprivate func withStates(of other: EnergyHome) -> EnergyHome {
        guard let time = other.toldAt else { return self }
        let rooms = Dictionary(other.rooms.map { ($0.id, $0.state) }) { first, _ in first }.compactMapValues(\.self)
        let devices = Dictionary(other.devices.map { ($0.id, $0.state) }) { first, _ in first }.compactMapValues(\.self)
        return taking(EnergyStatus(homeID: id, rooms: rooms, devices: devices, time: time), at: time)
    }
}

extension NetatmoError {
    /// Whether another question may have an answer all the same: not where the token, or the way to NetAtmo, is what fails.
    fileprivate var isOfOneAnswer: Bool {
        switch kind {
        case .refused, .invalidAnswer, .truncated, .tooLarge, .outage, .html: true
        case .network, .certificate, .connectTimeout, .timeout, .unauthorized, .invalidGrant, .invalidClient, .wrongScope, .quota,
            .busy, .rateLimited, .heldBack:
            false
        }
    }
}
