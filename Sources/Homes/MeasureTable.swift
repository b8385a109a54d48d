/// Something for each of some measures, such as their values: a dictionary in a few bytes, whose order is the measures'.
///
/// Made for thousands of modules that have three of them: what is there is told by a bit for each measure, and stands side by side.
/// Inlined into other modules, since scrapes and screens read it for each series and each cell, and what is generic is slow from there.
package struct MeasureTable<Value> {
    package typealias Element = (key: Measure, value: Value)

    /// A bit for each measure that is there.
    @usableFromInline var bits: UInt32 = 0
    /// What is there, in the order of the measures.
    @usableFromInline var stored: [Value] = []

    @inlinable
    package init() {}

    @inlinable
    package init(_ elements: some Sequence<Element>) {
        for (measure, value) in elements { set(value, of: measure) }
    }

    /// What there is for each of all measures.
    @inlinable
    package init(_ value: (Measure) -> Value?) {
        var found: [Value] = []
        found.reserveCapacity(Measure.allCases.count)
        for measure in Measure.allCases {
            guard let value = value(measure) else { continue }
            bits |= Self.bit(measure)
            found.append(value)
        }
        // No more room than they take.
        stored = Array(found[...])
    }

    @inlinable package var isEmpty: Bool { bits == 0 }
    @inlinable package var count: Int { stored.count }

    /// The measures that are there, in their order.
    @inlinable package var keys: [Measure] { Measure.allCases.filter { bits & Self.bit($0) != 0 } }
    /// What is there, in the order of the measures.
    @inlinable package var values: [Value] { stored }

    package subscript(measure: Measure) -> Value? {
        @inlinable @inline(__always)
        get { bits & Self.bit(measure) == 0 ? nil : stored[place(of: measure)] }
        @inlinable @inline(__always)
        set {
            if let newValue { set(newValue, of: measure) } else { remove(measure) }
        }
    }

    @inlinable @inline(__always)
    mutating func set(_ value: Value, of measure: Measure) {
        let place = place(of: measure)
        if bits & Self.bit(measure) != 0 {
            stored[place] = value
        } else if place == stored.count {
            stored.append(value)
        } else {
            stored.insert(value, at: place)
        }
        bits |= Self.bit(measure)
    }

    @inlinable @inline(__always)
    mutating func remove(_ measure: Measure) {
        guard bits & Self.bit(measure) != 0 else { return }
        stored.remove(at: place(of: measure))
        bits &= ~Self.bit(measure)
    }

    /// What a condition holds for.
    @inlinable
    package func filter(_ isIncluded: (Element) -> Bool) -> Self {
        // Most often that is all.
        allSatisfy(isIncluded) ? self : Self(lazy.filter(isIncluded))
    }

    /// Where a measure's value is, or would have to be.
    @inlinable
    func place(of measure: Measure) -> Int {
        (bits & (Self.bit(measure) - 1)).nonzeroBitCount
    }

    @inlinable
    static func bit(_ measure: Measure) -> UInt32 { 1 << UInt32(measure.rawValue) }
}

extension MeasureTable: Equatable where Value: Equatable {}
extension MeasureTable: Hashable where Value: Hashable {}
extension MeasureTable: Sendable where Value: Sendable {}

extension MeasureTable: Sequence {
    package struct Iterator: IteratorProtocol {
        @usableFromInline var rest: UInt32
        @usableFromInline var values: IndexingIterator<[Value]>

        @inlinable
        init(_ table: MeasureTable) {
            rest = table.bits
            values = table.stored.makeIterator()
        }

        @inlinable
        package mutating func next() -> Element? {
            guard let measure = Measure(rawValue: rest.trailingZeroBitCount), let value = values.next() else { return nil }
            rest &= rest - 1
            return (measure, value)
        }
    }

    @inlinable package func makeIterator() -> Iterator { Iterator(self) }
    @inlinable package var underestimatedCount: Int { count }
}

extension MeasureTable: ExpressibleByDictionaryLiteral {
    @inlinable
    package init(dictionaryLiteral elements: (Measure, Value)...) {
        stored.reserveCapacity(elements.count)
        for (measure, value) in elements { set(value, of: measure) }
    }
}
