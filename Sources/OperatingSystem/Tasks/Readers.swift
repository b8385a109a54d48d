/// The readers of a value that changes: each gets what there is and then what changes; one that is slow misses what is in between, never
/// the last. For the state of an owner that guards it by a lock.
package struct Readers<Value: Sendable>: Sendable {
    private var readers: [AsyncStream<Value>.Continuation] = []

    package init() {}

    /// Another reader, who is told the value at once.
    ///
    /// - Parameter policy: What a slow reader misses.
    package mutating func add(
        telling value: Value, buffering policy: AsyncStream<Value>.Continuation.BufferingPolicy = .bufferingNewest(1)
    ) -> AsyncStream<Value> {
        let (stream, reader) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: policy)
        readers.append(reader)
        reader.yield(value)
        return stream
    }

    /// Tells all, and forgets those that have gone. Not by `onTermination`, which the runtime calls under a lock of its own: to wait
    /// there for the owner's lock could be a deadlock.
    package mutating func tell(_ value: Value) {
        readers = readers.filter { reader in
            if case .terminated = reader.yield(value) { false } else { true }
        }
    }
}
