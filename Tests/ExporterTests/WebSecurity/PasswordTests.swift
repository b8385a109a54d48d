import Foundation
import Synchronization
import TestSupport
import Testing

@testable import OperatingSystem
@testable import WebSecurity

@Suite("Users' passwords")
struct PasswordTests {
    /// Two users' hashes, of different cost.
    static let hashes = [
        "prometheus": "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
        "me": "$2y$05$abcdefghijklmnopqrstuuVQd15VhR/oN1H3pzUR5lME0fZO6.qRW",
    ]
    static func users() throws -> [String: BcryptHash] { try hashes.mapValues { try #require(BcryptHash($0)) } }

    static func credentials(_ user: String, _ password: String) throws -> BasicCredentials {
        try #require(BasicCredentials("Basic " + Data("\(user):\(password)".utf8).base64EncodedString()))
    }

    /// A desk whose work a test does when it wants to, and which notes what was compared.
    private final class Bench: Sendable {
        let work = Mutex<[@Sendable () -> Void]>([])
        let compared = Journal()

        func desk() throws -> PasswordDesk {
            PasswordDesk(
                users: try users(),
                matches: { password, hash in
                    self.compared.note("\(password.reveal()) \(hash.cost)")
                    return password.reveal() == "secret"
                }, enqueue: { work in self.work.withLock { $0.append(work) } })
        }

        func run() {
            for work in work.withLock({ work in
                defer { work = [] }
                return work
            }) { work() }
        }
    }

    private final class Told: Sendable {
        let verdicts = Mutex<[PasswordDesk.Verdict]>([])
        var all: [PasswordDesk.Verdict] { verdicts.withLock { $0 } }
    }

    private func judge(_ desk: PasswordDesk, _ user: String, _ password: String, of client: String = "c", _ told: Told) throws {
        desk.judge(try Self.credentials(user, password), of: client) { verdict in told.verdicts.withLock { $0.append(verdict) } }
    }

    @Test(
        "are held against their hash",
        arguments: [
            ("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", true), (hashes["me"] ?? "", "other", true),
            (hashes["me"] ?? "", "others", false), (hashes["prometheus"] ?? "", "secret", true),
            (hashes["prometheus"] ?? "", "secret\0", false), (hashes["prometheus"] ?? "", "secre", false),
        ])
    func bcrypt(hash: String, password: String, isRight: Bool) throws {
        #expect(try #require(BcryptHash(hash)).matches(try #require(Secret(password))) == isRight)
    }

    @Test(
        "come by the field Authorization",
        arguments: [
            ("Basic bWU6aHVzaA==", "me", "hush"), ("basic bWU6YTpi", "me", "a:b"), ("BASIC OsOk", "", "ä"),
        ])
    func read(field: String, user: String, password: String) throws {
        let credentials = try #require(BasicCredentials(field))
        #expect(credentials.user == user)
        #expect(credentials.password.reveal() == password)
        #expect(!"\(credentials)".contains(password))
    }

    @Test(
        "are none where the field is anything else",
        arguments: ["", "Basic", "Basic bWU=", "Basic bWU6", "Basic !!", "Bearer bWU6c2VjcmV0", "Basic bWU6/w=="])
    func unreadable(field: String) {
        #expect(BasicCredentials(field) == nil)
    }

    @Test("that were right are known from then on, and bcrypt is spared")
    func known() throws {
        let (bench, told) = (Bench(), Told())
        let desk = try bench.desk()
        #expect(try !desk.knows(Self.credentials("me", "secret")))
        // The second waits behind the first, which spares it the work.
        try judge(desk, "me", "secret", told)
        try judge(desk, "me", "secret", told)
        #expect(told.all == [])
        bench.run()
        #expect(told.all == [.right, .right])
        #expect(bench.compared.entries == ["secret 5"])
        #expect(try desk.knows(Self.credentials("me", "secret")))
        #expect(try !desk.knows(Self.credentials("me", "secrets")))
        #expect(try !desk.knows(Self.credentials("prometheus", "secret")))
    }

    @Test("that are wrong are not; a name that is no user's costs as much, and gets nobody in")
    func wrong() throws {
        let (bench, told) = (Bench(), Told())
        let desk = try bench.desk()
        try judge(desk, "me", "wrong", told)
        try judge(desk, "nobody", "secret", told)
        bench.run()
        #expect(told.all == [.wrong, .wrong])
        #expect(bench.compared.entries == ["wrong 5", "secret 5"])
        #expect(try !desk.knows(Self.credentials("nobody", "secret")))
    }

    @Test("wait for their turn: four of one client, sixteen in all, and no more")
    func queue() throws {
        let (bench, told) = (Bench(), Told())
        let desk = try bench.desk()
        for _ in 0..<6 { try judge(desk, "me", "wrong", of: "flood", told) }
        #expect(told.all == [.busy, .busy])
        for number in 0..<13 { try judge(desk, "me", "wrong", of: "client \(number)", told) }
        #expect(told.all == [.busy, .busy, .busy])
        bench.run()
        #expect(told.all.count { $0 == .wrong } == 16)
        try judge(desk, "me", "secret", of: "flood", told)
        bench.run()
        #expect(told.all.last == .right)
    }

    @Test("are forgotten when their hash changes, and kept where another one does")
    func replaced() throws {
        let (bench, told) = (Bench(), Told())
        let desk = try bench.desk()
        for user in ["me", "prometheus"] { try judge(desk, user, "secret", told) }
        bench.run()
        var users = try Self.users()
        users["me"] = users["prometheus"]
        desk.replace(users: users)
        #expect(try !desk.knows(Self.credentials("me", "secret")))
        #expect(try desk.knows(Self.credentials("prometheus", "secret")))
        desk.replace(users: [:])
        #expect(try !desk.knows(Self.credentials("prometheus", "secret")))
        #expect(!desk.isAsking)
    }

    @Test("that were judged by a hash that is gone meanwhile are not kept")
    func race() throws {
        let told = Told()
        let desk = Mutex<PasswordDesk?>(nil)
        let users = try Self.users()
        let changing = PasswordDesk(
            users: users,
            matches: { _, _ in
                desk.withLock { $0?.replace(users: ["me": users["prometheus"]].compactMapValues(\.self)) }
                return true
            }, enqueue: { $0() })
        desk.withLock { $0 = changing }
        try judge(changing, "me", "secret", told)
        #expect(told.all == [.right])
        #expect(try !changing.knows(Self.credentials("me", "secret")))
    }
}
