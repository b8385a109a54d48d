/// One line of a chart, or one row of its bars.
public struct ChartSeries: Sendable, Hashable {
    /// How the points are drawn.
    public enum Shape: Sendable, Hashable {
        /// Joined to a line.
        case line
        /// Each a dot of its own.
        case dots
        /// Each a bar from the bottom, as wide as that along the horizontal axis, which begins at the point. A bar without a value
        /// is marked as missing.
        case bars(width: Double)
    }

    /// A value of a series. Without `y` the line is interrupted here.
    public struct Point: Sendable, Hashable {
        /// Where it is along the horizontal axis, for instance in seconds.
        public var x: Double
        /// How high it is; nil for a gap.
        public var y: Double?

        /// Makes a point.
        public init(x: Double, y: Double?) {
            self.x = x
            self.y = y
        }
    }

    /// The points, with rising `x`.
    public var points: [Point]
    /// How the line looks.
    public var style: Style
    /// Two points further apart than this, along the horizontal axis, are not connected.
    public var longestGap: Double
    /// How the points are drawn.
    public var shape: Shape

    /// Makes a series.
    public init(points: [Point], shape: Shape = .line, style: Style = .accent, longestGap: Double = .infinity) {
        self.points = points
        self.shape = shape
        self.style = style
        self.longestGap = longestGap
    }
}

/// A text at a place along an axis of a chart.
public struct ChartLabel: Sendable, Hashable {
    /// The place, in the units of the axis.
    public var x: Double
    /// The text.
    public var text: String

    /// Makes a label.
    public init(x: Double, text: String) {
        self.x = x
        self.text = text
    }
}
