import OrderedCollections

/// A cache that holds at most so many values: where there are too many, the least recently used one goes (LRU).
package struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    package let capacity: Int
    /// The most recently used one at the end.
    private var entries: OrderedDictionary<Key, Value> = [:]

    /// - Parameter capacity: How many values are kept, at least one.
    package init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    package var keys: [Key] { Array(entries.keys) }

    /// All of them, the most recently used one first.
    package var values: [Value] { entries.values.reversed() }

    /// The value of a key; to look at it is no use of it.
    package func peek(_ key: Key) -> Value? {
        entries[key]
    }

    /// The value of a key, which is the most recently used one then.
    package mutating func value(for key: Key) -> Value? {
        guard let value = entries.removeValue(forKey: key) else { return nil }
        entries[key] = value
        return value
    }

    /// Keeps a value as the most recently used one, in place of the key's earlier one.
    package mutating func insert(_ value: Value, for key: Key) {
        entries.removeValue(forKey: key)
        entries[key] = value
        if entries.count > capacity { entries.removeFirst() }
    }

    /// Changes the value of a key in its place; that is no use of it, and nothing where there is none.
    package mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
        guard let index = entries.index(forKey: key) else { return }
        change(&entries.values[index])
    }
}
