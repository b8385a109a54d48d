/// A place in a drawing: to the right, in thousandths of its width, and down, in pixels.
struct ChartPoint: Sendable, Hashable {
    let x: Double
    let y: Double
}

extension HTML.StringInterpolation {
    /// A path: to the first point, and in lines to the others.
    mutating func appendInterpolation(path points: [ChartPoint]) {
        for (index, point) in points.enumerated() {
            appendLiteral("\(index == 0 ? "M" : "L")\(Self.tenths(point.x)) \(Self.tenths(point.y))")
        }
    }
}
