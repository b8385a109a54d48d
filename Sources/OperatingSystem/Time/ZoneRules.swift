import FoundationEssentials

/// When the clocks of a time zone are how far ahead of UTC: what a file of the time zone database says (RFC 9636, "TZif").
///
/// Read here, since the C library knows one zone a process, and homes stand in others.
struct ZoneRules: Sendable {
    /// From when on which offset holds, in seconds since 1970, rising.
    private let changes: [(time: Int64, offset: Int)]
    /// Before the first change.
    private let first: Int
    /// After the last one; `nil` where the last offset holds for ever.
    private let yearly: YearlyRule?

    /// No file of the database has as much.
    static let longestFile = 65_536

    /// - Parameter bytes: The file. `nil` where it is none, or one of the first version, which ends in 2037.
    init?(_ bytes: [UInt8]) {
        var reader = BigEndianReader(bytes)
        // The first part, in 32 bits, is for old readers.
        guard let old = Header(&reader), old.version >= UInt8(ascii: "2"), reader.skip(old.size(timeSize: 4)),
            let header = Header(&reader), header.types > 0
        else { return nil }
        var times: [Int64] = []
        for _ in 0..<header.times {
            guard let time = reader.number(bytes: 8) else { return nil }
            times.append(time)
        }
        guard let places = reader.bytes(header.times) else { return nil }
        var offsets: [Int] = []
        for _ in 0..<header.types {
            guard let offset = reader.number(bytes: 4), abs(offset) <= 86_400 * 2, reader.skip(2) else { return nil }
            offsets.append(Int(offset))
        }
        guard places.allSatisfy({ $0 < offsets.count }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        changes = zip(times, places).map { ($0, offsets[Int($1)]) }
        first = offsets[0]
        guard reader.skip(header.characters + header.leaps * 12 + header.standards + header.universals) else { return nil }
        yearly = YearlyRule(reader.rest.filter { $0 != UInt8(ascii: "\n") })
    }

    /// How far the clocks are ahead of UTC, in seconds.
    func offset(at time: Date) -> Int {
        let seconds = Int64(max(-6e10, min(2.6e11, time.timeIntervalSince1970.rounded(.down))))
        guard let next = changes.firstIndex(where: { $0.time > seconds }) else {
            return yearly?.offset(at: seconds) ?? changes.last?.offset ?? first
        }
        return next == 0 ? first : changes[next - 1].offset
    }
}

/// How many of what a part of the file holds.
private struct Header {
    let version: UInt8
    let universals, standards, leaps, times, types, characters: Int

    init?(_ reader: inout BigEndianReader) {
        guard reader.bytes(4).map({ Array($0) == Array("TZif".utf8) }) == true, let version = reader.bytes(1)?.first, reader.skip(15) else {
            return nil
        }
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = reader.number(bytes: 4), 0...Int64(ZoneRules.longestFile) ~= count else { return nil }
            counts.append(Int(count))
        }
        self.version = version
        (universals, standards, leaps, times, types, characters) = (counts[0], counts[1], counts[2], counts[3], counts[4], counts[5])
    }

    func size(timeSize: Int) -> Int {
        times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standards + universals
    }
}

private struct BigEndianReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip(_ count: Int) -> Bool { bytes(count) != nil }

    /// A signed number of 4 or 8 bytes.
    mutating func number(bytes count: Int) -> Int64? {
        bytes(count).map { bytes in
            let unsigned = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return count == 4 ? Int64(Int32(truncatingIfNeeded: unsigned)) : Int64(bitPattern: unsigned)
        }
    }
}
