import Foundation
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

/// What can be seen of a keeper and of its model; times in milliseconds, since a file keeps no more than microseconds.
struct Sight: Sendable, Hashable {
    private let state: TokenStatus.State
    private let expiry: Int?
    private let tries: Int
    private let next: Int?
    private let nextSave: Int?
    private let file: StoredPair?
    private let spent: [String]
    private let expiriesTold: Int

    init(_ model: TokenModel) {
        state = model.state
        expiry = model.isIgnored ? nil : model.pair.expiry.map(milliseconds)
        tries = model.failure?.tries ?? 0
        next = model.failure.map { milliseconds($0.next) }
        nextSave = model.nextSave.map(milliseconds)
        file = StoredPair(model.file)
        spent = model.spent
        expiriesTold = model.expiriesTold
    }

    init(_ snapshot: Snapshot, at now: Date, _ bench: TokenBench) {
        let token = snapshot.token
        state = token.state(at: now)
        expiry = token.expiry.map(milliseconds)
        if case .failing(_, let tries, let next) = token.renewal {
            (self.tries, self.next) = (tries, next.map(milliseconds))
        } else {
            (tries, next) = (0, nil)
        }
        if case .failed(_, let next) = token.saving { nextSave = milliseconds(next) } else { nextSave = nil }
        file = StoredPair(bench.storage.attributes)
        spent = bench.transport.tokenRequests.map { ($0.form["refresh_token"] ?? $0.form["code"])?.reveal() ?? "" }
        expiriesTold = snapshot.events.count { $0.kind == .tokenExpired }
    }
}

/// A pair as it stands in the file.
struct StoredPair: Sendable, Hashable {
    private let access: String?
    private let refresh: String?
    private let expiry: Int?

    init?(_ pair: TokenModel.Pair?) {
        guard let pair else { return nil }
        (access, refresh, expiry) = (pair.access, pair.refresh, pair.expiry.map(milliseconds))
    }

    init?(_ attributes: TokenAttributes?) {
        guard let attributes else { return nil }
        (access, refresh) = (attributes.accessToken?.reveal(), attributes.refreshToken?.reveal())
        expiry = attributes.expiry.map(milliseconds)
    }
}

private func milliseconds(_ date: Date) -> Int {
    Int((date.timeIntervalSince1970 * 1000).rounded())
}
