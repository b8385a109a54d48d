/// What every good answer of `/api` is wrapped in.
struct Envelope<Body: Encodable & Sendable>: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case body, status
        case timeTaken = "time_exec"
        case serverTime = "time_server"
    }

    let body: Body
    var status = "ok"
    /// Seconds that the server took. Always the same here, so that the same readings make the same bytes.
    var timeTaken = 0.05
    /// Unix seconds.
    let serverTime: Int
}
