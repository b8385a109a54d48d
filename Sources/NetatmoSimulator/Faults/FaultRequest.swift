/// A fault as `POST /simulator/faults` takes it, in JSON.
///
/// ```json
/// {"fault": "status", "on": "token", "times": 2, "status": 503, "body": "busy", "content_type": "text/plain",
///  "headers": {"Retry-After": "5"}}
/// {"fault": "delay", "on": "stationsData", "seconds": 1.5}
/// {"fault": "hang", "forever": true}
/// ```
struct FaultRequest: Decodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case fault, on, times, forever, status, body, headers, seconds
        case contentType = "content_type"
    }

    /// Why a request for a fault makes no sense, in words for its sender.
    struct Problem: Error, Equatable {
        let message: String
    }

    /// The longest delay, s.
    private static let longestDelay = 3600.0

    var fault: String
    var on: Endpoint?
    var times: Int?
    var forever: Bool?
    var status: Int?
    var body: String?
    var contentType: String?
    var headers: [String: String]?
    var seconds: Double?

    /// Which endpoint: any unless told.
    var endpoint: Endpoint { on ?? .any }

    /// For how many requests: one unless told.
    func count() throws(Problem) -> Int {
        if forever == true { return .max }
        let times = self.times ?? 1
        guard times > 0 else { throw Problem(message: "times has to be 1 or more") }
        return times
    }

    func makeFault() throws(Problem) -> Fault {
        switch fault {
        case "status": return try statusFault()
        case "delay":
            guard let seconds = self.seconds, (0...Self.longestDelay).contains(seconds) else {
                throw Problem(message: "delay needs seconds, from 0 to 3600")
            }
            return .delay(.milliseconds(Int((seconds * 1000).rounded())))
        default:
            guard let plain = Fault.plain.first(where: { $0.name == fault }) else {
                let names = (["status", "delay"] + Fault.plain.map(\.name)).joined(separator: ", ")
                throw Problem(message: "fault is one of \(names)")
            }
            return plain
        }
    }

    private func statusFault() throws(Problem) -> Fault {
        guard let status = self.status, (200...599).contains(status) else { throw Problem(message: "status needs status, from 200 to 599") }
        return .status(
            status, body: body ?? "", contentType: contentType ?? "text/plain; charset=utf-8",
            headers: (headers ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
    }
}
