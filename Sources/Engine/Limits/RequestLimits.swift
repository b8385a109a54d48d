/// How many requests NetAtmo allows, which this program never exceeds, whatever its user presses.
package struct RequestLimits: Sendable, Hashable {
    /// At most so many requests in any time of that length.
    package struct Window: Sendable, Hashable {
        package let count: Int
        package let seconds: Double

        package init(count: Int, seconds: Double) {
            self.count = count
            self.seconds = seconds
        }
    }

    /// For all requests; more are refused until there is room again.
    package let all: [Window]
    /// For requests of data, which leave room for those of tokens; more are refused.
    package let data: [Window]
    /// For requests of the past, which leave room for readings: where that many requests for data went, more are refused.
    package let histories: [Window]
    /// For requests of much of the past at once, which leave room for those too; where that many requests for data went, more are refused.
    package let exports: [Window]
    /// For requests of data: those above it wait for their turn.
    package let spacing: Window?

    package init(all: [Window], data: [Window] = [], histories: [Window] = [], exports: [Window] = [], spacing: Window? = nil) {
        self.all = all
        self.data = data
        self.histories = histories
        self.exports = exports
        self.spacing = spacing
    }

    /// NetAtmo's: 50 requests of a user in 10 s and 500 in an hour, 2 of an app with one user in 10 s. A tenth of them is kept for tokens,
    /// and a tenth of an hour's for readings, which are more than those of every minute, whatever charts are looked at; of what an export
    /// leaves twenty are for charts and the counting of rain; a second more between those of an app, since NetAtmo counts when they arrive.
    package static let netatmo = RequestLimits(
        all: [Window(count: 50, seconds: 10), Window(count: 500, seconds: 3600)],
        data: [Window(count: 450, seconds: 3600)],
        histories: [Window(count: 400, seconds: 3600)],
        exports: [Window(count: 380, seconds: 3600)],
        spacing: Window(count: 2, seconds: 11)
    )

    /// None, for load tests against a simulator.
    package static let none = RequestLimits(all: [])
}
