/// A boiler that burns for a part of each ten minutes: the larger, the more the neediest room wants.
struct Boiler: Sendable {
    /// Seconds from one ignition to the next.
    static let cycle = 600
    /// Below this much, %, it isn't worth lighting.
    private static let leastDemand = 5
    /// It burns for whole half minutes.
    private static let grain = 30

    let rooms: [RoomHeat]

    func isOn(at time: Int, book: inout HeatBook) -> Bool {
        let index = time.floorDivided(by: Self.cycle)
        return time - index * Self.cycle < seconds(ofCycle: index, book: &book)
    }

    /// For how many seconds of a time it burns.
    func seconds(in range: Range<Int>, book: inout HeatBook) -> Int {
        guard !range.isEmpty else { return 0 }
        let first = range.lowerBound.floorDivided(by: Self.cycle)
        let last = (range.upperBound - 1).floorDivided(by: Self.cycle)
        var sum = 0
        for index in first...last {
            let begin = index * Self.cycle
            let burning = begin..<begin + seconds(ofCycle: index, book: &book)
            sum += burning.clamped(to: range).count
        }
        return sum
    }

    /// It lights at a cycle's begin and goes out after so many seconds.
    private func seconds(ofCycle index: Int, book: inout HeatBook) -> Int {
        var demand = 0
        for room in rooms { demand = max(demand, book.power(of: room, at: index * Self.cycle)) }
        return Self.seconds(forDemand: demand)
    }

    /// For how many seconds of a cycle it burns.
    /// - Parameter demand: of the neediest room, %.
    static func seconds(forDemand demand: Int) -> Int {
        guard demand >= Self.leastDemand else { return 0 }
        let seconds = Double(demand * Self.cycle) / 100 / Double(Self.grain)
        return Int(seconds.rounded()) * Self.grain
    }
}
