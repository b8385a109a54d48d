package import FoundationEssentials

extension Date {
    /// Before whatever a clock may show: about the year -29,700. `distantPast` is the year 1, which a clock can be set to.
    package static let beforeAnyClock = Date(timeIntervalSince1970: -1e12)
    /// After whatever a clock may show: about the year 33,700. `distantFuture` is the year 4001, which a clock can be set to.
    package static let afterAnyClock = Date(timeIntervalSince1970: 1e12)
}
