import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// A keeper and its model, which get the same events at random and have to look the same after each.
struct PossessionRun: Sendable {
    let bench: TokenBench
    let renewExpired: Bool
    private(set) var model: TokenModel
    private let netatmo: SharedAuthority
    private var generator: SeededGenerator
    /// How many refresh tokens the user brought from elsewhere.
    private var brought = 0

    init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        let netatmo = SharedAuthority(TokenAuthority(living: ["refresh-0"]))
        self.netatmo = netatmo
        renewExpired = Bool.random(using: &generator)
        let file = Int.random(in: 0..<6, using: &generator) == 0 ? nil : Self.pair("refresh-0", at: SampleStations.now, using: &generator)
        model = TokenModel(file: file, authority: netatmo.value, renewExpired: renewExpired)
        bench = TokenBench(try file?.attributes()) { request throws(NetatmoError) in try netatmo.answer(request) }
    }

    /// Waits until the keeper is as the model is, and sleeps until the same time.
    func compare(after event: String) async throws {
        let model = model
        let bench = bench
        do {
            try await bench.store.first("the model's state") { snapshot in
                Sight(snapshot, at: model.now, bench) == Sight(model)
            }
            try await bench.clock.deadlines("the model's deadline") { deadlines in
                model.wakesAt.map { deadlines.count == 1 && abs(deadlines[0].timeIntervalSince($0)) < 0.001 } ?? deadlines.isEmpty
            }
        } catch {
            #expect(Sight(bench.store.snapshot, at: model.now, bench) == Sight(model), "after \(event)")
            #expect(bench.clock.deadlines == [model.wakesAt].compactMap(\.self), "after \(event)")
            throw error
        }
    }

    /// Lets something happen to both.
    mutating func nextEvent() async throws -> String {
        switch Int.random(in: 0..<16, using: &generator) {
        case 0, 1: return move(by: .random(in: 1...600, using: &generator))
        case 2, 3, 4:
            let deadline = model.wakesAt.flatMap { $0 == .afterAnyClock ? nil : $0 }
            return move(by: max(1, deadline?.timeIntervalSince(model.now) ?? 60))
        case 5: return move(by: [86_400, 3600, -3600, -60].randomElement(using: &generator) ?? 0)
        case 6:
            #expect(await bench.keeper.requestRenewal() == model.requestRenewal())
            return "a renewal on request"
        case 7:
            let token = try? await bench.keeper.accessToken()
            #expect(token?.reveal() == model.workingToken)
            if let token { _ = try? await bench.keeper.accessToken(replacing: token) }
            model.refuseAccessToken()
            return "an access token that is refused"
        case 8: return await signIn()
        case 9: return setDisk(isFull: true)
        case 10: return setDisk(isFull: false)
        case 11, 12: return try await replaceFile()
        default:
            return setMood(
                [.willing, .willing, .outOfOrder, .silent, .refusing, .losingAnswers].randomElement(using: &generator) ?? .willing)
        }
    }
}

// MARK: - Events

extension PossessionRun {
    private mutating func move(by seconds: TimeInterval) -> String {
        // A deadline is passed by a millisecond or two: what was read from a file is not exact to the last bit.
        let time = model.now.addingTimeInterval((seconds * 1000).rounded(.up) / 1000 + 0.001)
        model.move(to: time)
        bench.clock.set(to: time)
        return "the clock moves by \(seconds) s"
    }

    private mutating func signIn() async -> String {
        brought += 1
        if Bool.random(using: &generator) {
            let code = "code-\(brought)"
            model.signIn(code: code)
            _ = await bench.keeper.perform(.exchange(code: SampleTokens.secret(code), redirectURI: "http://127.0.0.1/x"))
            return "a sign-in by code"
        }
        let refreshToken = bring()
        model.signIn(refreshToken: refreshToken)
        _ = await bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret(refreshToken)))
        return "a sign-in by refresh token"
    }

    private mutating func setDisk(isFull: Bool) -> String {
        model.diskIsFull = isFull
        bench.storage.failWrites(with: isFull ? MemoryTokenStorage.diskIsFull : nil)
        return isFull ? "the disk is full" : "the disk has room"
    }

    private mutating func setMood(_ mood: TokenAuthority.Mood) -> String {
        model.authority.mood = mood
        netatmo.change { $0.mood = mood }
        return "NetAtmo is \(mood)"
    }

    /// A refresh token of another account, or of this one by another program; every third is a stale one.
    private mutating func bring() -> String {
        brought += 1
        let refreshToken = "brought-\(brought)"
        guard brought % 3 != 0 else { return refreshToken }
        model.authority.grantElsewhere(refreshToken)
        netatmo.change { $0.grantElsewhere(refreshToken) }
        return refreshToken
    }

    private mutating func replaceFile() async throws -> String {
        let pair: TokenModel.Pair? =
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: nil
            case 1: Self.pair(nil, at: model.now, using: &generator)
            // From a backup.
            case 2: Self.pair(model.spent.randomElement(using: &generator) ?? "refresh-0", at: model.now, using: &generator)
            default: Self.pair(bring(), at: model.now, using: &generator)
            }
        model.replaceFile(by: pair)
        bench.storage.replace(by: try pair?.attributes())
        // It may take a moment until somebody looks, and something else may come first.
        guard Int.random(in: 0..<3, using: &generator) > 0 else {
            #expect(await bench.keeper.requestRenewal() == model.requestRenewal())
            try await compare(after: "a renewal on request after the file was replaced")
            model.noticeFileChange()
            await bench.keeper.noticeFileChange()
            return "the file was replaced before a renewal"
        }
        model.noticeFileChange()
        await bench.keeper.noticeFileChange()
        return "the file is replaced by \(pair.map { "\($0)" } ?? "none")"
    }

    /// What somebody may put into the file.
    private static func pair(_ refresh: String?, at now: Date, using generator: inout SeededGenerator) -> TokenModel.Pair {
        let seconds = Double.random(in: 30...9000, using: &generator).rounded()
        return switch Int.random(in: 0..<5, using: &generator) {
        case 0: TokenModel.Pair(refresh: refresh)
        case 1: TokenModel.Pair(access: "access-\(seconds)", refresh: refresh, expiry: now.addingTimeInterval(-seconds))
        case 2: TokenModel.Pair(access: "access-\(seconds)", refresh: refresh)
        default: TokenModel.Pair(access: "access-\(seconds)", refresh: refresh, expiry: now.addingTimeInterval(seconds))
        }
    }
}

extension TokenModel.Pair {
    /// As it stands in the file.
    fileprivate func attributes() throws -> TokenAttributes {
        try SampleTokens.file(access: access, refresh: refresh, expiry: expiry)
    }
}
