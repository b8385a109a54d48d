/// `health_idx`: how good a room's air is for those in it, 0 healthy, 1 fine, 2 fair, 3 poor, 4 unhealthy.
///
/// NetAtmo doesn't publish its rule. Here each measure is graded by itself, and the worst grade counts.
enum HealthIndex {
    /// - Parameters:
    ///   - carbonDioxide: ppm.
    ///   - temperature: tenths of a °C.
    ///   - humidity: relative, %.
    ///   - loudness: dB.
    static func of(carbonDioxide: Int, temperature: Int, humidity: Int, loudness: Int) -> Int {
        max(
            grade(carbonDioxide, within: [0..<900, 0..<1150, 0..<1400, 0..<1600]),
            grade(temperature, within: [170..<240, 160..<260, 150..<280, 130..<300]),
            grade(humidity, within: [35..<61, 25..<71, 18..<81, 10..<91]),
            grade(loudness, within: [0..<50, 0..<65, 0..<70, 0..<80])
        )
    }

    /// The first range that holds the value; one more than the last where none does.
    private static func grade(_ value: Int, within ranges: [Range<Int>]) -> Int {
        ranges.firstIndex { $0.contains(value) } ?? ranges.count
    }
}
