import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Secrets that are good once")
struct OneTimeSecretsTests {
    private let now = SampleStations.now

    private func issued(_ bytes: [UInt8] = [1, 2, 3]) throws -> (OneTimeSecrets, Secret) {
        var secrets = OneTimeSecrets()
        let secret = secrets.issue(bytes: bytes, at: now)
        return (secrets, try #require(secret))
    }

    @Test("One is good once")
    func once() throws {
        var (secrets, secret) = try issued()
        let redeemed = [secrets.redeem(secret, at: now), secrets.redeem(secret, at: now)]
        #expect(redeemed == [true, false])
    }

    @Test("It is good for 10 minutes", arguments: [(0.0, true), (599, true), (600, false), (86_400, false), (-1, false), (-86_400, false)])
    func lifetime(seconds: TimeInterval, isGood: Bool) throws {
        var (secrets, secret) = try issued()
        let redeemed = secrets.redeem(secret, at: SampleStations.now(seconds))
        #expect(redeemed == isGood)
    }

    @Test("An unknown one is good for nothing, and takes no other with it", arguments: ["AQI", "AQIE", "aqid", "x", "AQIDAQID"])
    func unknown(text: String) throws {
        var (secrets, secret) = try issued()
        #expect(secret.reveal() == "AQID")
        let redeemed = [secrets.redeem(SampleTokens.secret(text), at: now), secrets.redeem(secret, at: now)]
        #expect(redeemed == [false, true])
    }

    @Test("They can stand in an address as they are")
    func base64URL() throws {
        let (_, secret) = try issued([0xfb, 0xff, 0xfe, 0xff])
        #expect(secret.reveal() == "-__-_w")
    }

    @Test("At most 64 are kept: the oldest makes room")
    func capacity() throws {
        var secrets = OneTimeSecrets()
        let issued = (0..<65).compactMap { secrets.issue(bytes: [$0, 0, 0], at: now) }
        let redeemed = issued.map { secrets.redeem($0, at: now) }
        #expect(redeemed == [false] + Array(repeating: true, count: 64))
    }
}
