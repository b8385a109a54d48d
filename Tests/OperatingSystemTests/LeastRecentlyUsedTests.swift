import OperatingSystem
import Testing

@Suite("The least recently used cache")
struct LeastRecentlyUsedTests {
    private var cache = LeastRecentlyUsed<String, Int>(capacity: 3)

    init() {
        for (value, key) in ["a", "b", "c"].enumerated() { cache.insert(value, for: key) }
    }

    private var keys: [String] { ["a", "b", "c", "d"].filter { cache.peek($0) != nil } }

    @Test("One too many, and the one that was used least recently goes")
    mutating func full() {
        cache.insert(3, for: "d")
        #expect(keys == ["b", "c", "d"])
        #expect(cache.count == 3)
    }

    @Test("To ask for a value is a use, to keep a new one in its place too")
    mutating func uses() {
        #expect(cache.value(for: "a") == 0)
        cache.insert(10, for: "b")
        cache.insert(3, for: "d")
        #expect(keys == ["a", "b", "d"])
        #expect(cache.peek("b") == 10)
    }

    @Test("To look at a value and to change it in its place is none")
    mutating func peeks() {
        #expect(cache.peek("a") == 0)
        cache.update("a") { $0 = 7 }
        #expect(cache.peek("a") == 7)
        cache.insert(3, for: "d")
        #expect(keys == ["b", "c", "d"])
    }

    @Test("What is not there is neither found nor changed")
    mutating func absent() {
        #expect(cache.value(for: "d") == nil)
        cache.update("d") { $0 = 1 }
        #expect(cache.peek("d") == nil)
        #expect(cache.count == 3)
    }
}
