/// One line of a chart, or one row of its bars.
package struct ChartSeries: Sendable, Hashable {
    package enum Shape: Sendable, Hashable {
        /// Joined to a line.
        case line
        /// Joined to a line, and the area below it filled.
        case area
        /// Each holds until the next one, over whatever is drawn already: what is set, over what is measured.
        case steps
        /// Each a bar from the bottom, as wide as that along the horizontal axis, which begins at the point. A bar without a value
        /// is marked as missing.
        case bars(width: Double)
    }

    package struct Point: Sendable, Hashable {
        /// Where it is along the horizontal axis, for instance in seconds.
        package var x: Double
        /// How high it is; nil interrupts the line here.
        package var y: Double?
        /// The least and the greatest of what it sums up: a band around the line.
        package var extremes: ClosedRange<Double>?

        package init(x: Double, y: Double?, extremes: ClosedRange<Double>? = nil) {
            self.x = x
            self.y = y
            self.extremes = extremes
        }
    }

    /// The points, with rising `x`.
    package var points: [Point]
    /// How it looks where the chart's ``Chart/highlight`` and ``Chart/tint`` have nothing to say.
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

/// A text at a place along the horizontal axis of a chart.
package struct ChartLabel: Sendable, Hashable {
    /// In the units of the axis.
    package var x: Double
    package var text: String

    package init(x: Double, text: String) {
        self.x = x
        self.text = text
    }
}

/// A value that a chart marks with a faint line across, and a word on it.
package struct ChartLevel: Sendable, Hashable {
    package var y: Double
    package var text: String

    package init(y: Double, text: String) {
        self.y = y
        self.text = text
    }
}

/// A direction at a place along the horizontal axis of a chart.
package struct ChartDirection: Sendable, Hashable {
    package var x: Double
    /// Where it comes from, clockwise from north.
    package var degrees: Double
    /// How much it counts beside others nearby; 0 for a calm.
    package var strength: Double

    package init(x: Double, degrees: Double, strength: Double) {
        self.x = x
        self.degrees = degrees
        self.strength = strength
    }
}
