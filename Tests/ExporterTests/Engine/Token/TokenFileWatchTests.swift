import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("Watching the token file")
struct TokenFileWatchTests {
    private let storage: MemoryTokenStorage

    init() throws {
        storage = MemoryTokenStorage(try SampleTokens.file(refresh: "r1"))
    }

    /// Lets the watch look once after each step, and gives the numbers of the looks at which it told of a change.
    private func changes(after steps: @escaping @Sendable (Int) throws -> Void, looks count: Int) async throws -> [Int] {
        let look = Mutex(0)
        let told = Mutex<[Int]>([])
        let looks = AsyncStream<Void> {
            let number = look.withLock { look in
                look += 1
                return look
            }
            guard number <= count else { return nil }
            try? steps(number)
        }
        let watch = TokenFileWatch(storage, looks: looks) {
            let number = look.withLock { $0 }
            told.withLock { $0.append(number) }
        }
        try await watch.run()
        return told.withLock { $0 }
    }

    @Test("A file that stays as it is, is no news")
    func unchanged() async throws {
        #expect(try await changes(after: { _ in }, looks: 5) == [])
    }

    @Test("A replaced file is told once, when it has been the same at two looks")
    func replaced() async throws {
        let told = try await changes(
            after: { [storage] in if $0 == 2 { storage.replace(by: try SampleTokens.file(refresh: "s1")) } }, looks: 6)
        #expect(told == [3])
    }

    @Test("Replaced between the first look and the watch, it is told")
    func replacedBeforeTheWatch() async throws {
        let told = Mutex(0)
        let left = Mutex(3)
        let looks = AsyncStream<Void> {
            left.withLock { left in
                left -= 1
                return left >= 0 ? () : nil
            }
        }
        let watch = TokenFileWatch(storage, looks: looks) { told.withLock { $0 += 1 } }
        await watch.begin()
        storage.replace(by: try SampleTokens.file(refresh: "s1"))
        try await watch.run()
        #expect(told.withLock { $0 } == 1)
    }

    @Test("A file that is still being written waits until it has come to rest")
    func inParts() async throws {
        let told = try await changes(
            after: { [storage] in if $0 <= 3 { storage.replace(by: try SampleTokens.file(refresh: "s\($0)")) } }, looks: 6)
        #expect(told == [4])
    }

    @Test("A file that an editor takes away for a moment is not gone")
    func awayForAMoment() async throws {
        let told = try await changes(
            after: { [storage] number in
                if number == 2 { storage.replace(by: nil) }
                if number == 3 { storage.replace(by: try SampleTokens.file(refresh: "s1")) }
            },
            looks: 6
        )
        #expect(told == [4])
    }

    @Test("A file that is gone is told")
    func gone() async throws {
        let told = try await changes(after: { [storage] in if $0 == 1 { storage.replace(by: nil) } }, looks: 3)
        #expect(told == [2])
    }

    @Test("A file that can't be looked at any more is told")
    func locked() async throws {
        let error = TokenFileError(path: "/token.json", cause: .notJSON)
        let told = try await changes(after: { [storage] in if $0 == 1 { storage.failReads(with: error) } }, looks: 3)
        #expect(told == [2])
    }
}
