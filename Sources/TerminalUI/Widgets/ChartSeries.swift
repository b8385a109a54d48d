/// One line of a chart, or one row of its bars.
package struct ChartSeries: Sendable, Hashable {
    package enum Shape: Sendable, Hashable {
        /// Joined to a line.
        case line
        /// Each a dot of its own.
        case dots
        /// Each a bar from the bottom, as wide as that along the horizontal axis, which begins at the point. A bar without a value
        /// is marked as missing.
        case bars(width: Double)
    }

    package struct Point: Sendable, Hashable {
        /// Where it is along the horizontal axis, for instance in seconds.
        package var x: Double
        /// How high it is; nil interrupts the line here.
        package var y: Double?

        package init(x: Double, y: Double?) {
            self.x = x
            self.y = y
        }
    }

    /// The points, with rising `x`.
    package var points: [Point]
    package var style: Style
    /// Two points further apart than this, along the horizontal axis, are not connected.
    package var longestGap: Double
    package var shape: Shape

    package init(points: [Point], shape: Shape = .line, style: Style = .accent, longestGap: Double = .infinity) {
        self.points = points
        self.shape = shape
        self.style = style
        self.longestGap = longestGap
    }
}

/// A text at a place along an axis of a chart.
package struct ChartLabel: Sendable, Hashable {
    /// In the units of the axis.
    package var x: Double
    package var text: String

    package init(x: Double, text: String) {
        self.x = x
        self.text = text
    }
}
