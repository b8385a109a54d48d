import NetatmoSimulator
import TestSupport

/// What is done to one program from its start on, before everything is well again.
struct FaultPlan: Sendable {
    /// One thing that is done.
    enum Step: Sendable {
        /// The next request to that endpoint fails in this way.
        case fault(Fault, on: Endpoint)
        /// The program is left alone until nothing is under way.
        case rest
        /// The time comes that the program waits for.
        case nextDeadline
        /// Time passes, or the clock is set back where it is negative.
        case clock(Duration)
        /// The user wants something.
        case wish(Wish)
    }

    /// What a user can want.
    enum Wish: Sendable, CaseIterable {
        case renewal, fetch, signIn
    }

    /// What is told of it when it goes wrong.
    let name: String
    /// Whether the token file holds an access token too.
    let beginsWithAccessToken: Bool
    let steps: [Step]

    /// How many faults are in it.
    var faults: Int {
        steps.count { if case .fault = $0 { true } else { false } }
    }

    /// Whether a fault is in it that asks for a wait of more than the longest of a series.
    var asksForLongWaits: Bool {
        steps.contains { if case .fault(let fault, _) = $0 { fault.asksForLongWait } else { false } }
    }
}

// MARK: - Each fault alone

extension FaultPlan {
    /// Each fault alone, on the token and on the readings, at the start and in the middle of life.
    static var single: [FaultPlan] {
        Fault.all.flatMap { fault in
            [Endpoint.token, .stationsData].flatMap { endpoint in
                [
                    FaultPlan(
                        name: "\(fault.title) on \(endpoint) at the start", beginsWithAccessToken: endpoint == .stationsData,
                        steps: [.fault(fault, on: endpoint), .rest, .nextDeadline, .rest]
                    ),
                    FaultPlan(
                        name: "\(fault.title) on \(endpoint) in the middle of life", beginsWithAccessToken: false,
                        steps: [
                            .rest, .nextDeadline, .rest, .fault(fault, on: endpoint), .clock(.seconds(10_500)), .rest, .nextDeadline, .rest,
                        ]
                    ),
                ]
            }
        }
    }
}

// MARK: - Sequences

extension FaultPlan {
    /// A sequence of 5 to 20 faults, moves of the clock and wishes, which the seed and the number decide.
    static func random(_ number: Int, seed: UInt64) -> FaultPlan {
        // Not the generator's own increment: the sequences would be parts of one another.
        var generator = SeededGenerator(seed: seed &+ UInt64(truncatingIfNeeded: number) &* 0xd1b5_4a32_d192_ed03)
        var steps: [Step] = []
        for _ in 0..<Int.random(in: 5...20, using: &generator) {
            let endpoint = [Endpoint.token, .token, .stationsData, .any].randomElement(using: &generator) ?? .any
            steps.append(.fault(Fault.all.randomElement(using: &generator) ?? .hang, on: endpoint))
            for _ in 0..<Int.random(in: 0...2, using: &generator) { steps.append(.random(using: &generator)) }
        }
        return FaultPlan(name: "sequence \(number) of seed \(seed)", beginsWithAccessToken: .random(using: &generator), steps: steps)
    }
}

extension FaultPlan.Step {
    fileprivate static func random(using generator: inout SeededGenerator) -> FaultPlan.Step {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<4: .rest
        case 4..<11: .nextDeadline
        case 11: .clock(.seconds(Int.random(in: 1...60, using: &generator)))
        case 12: .clock(.seconds(Int.random(in: 60...1200, using: &generator)))
        case 13: .clock(.seconds(Int.random(in: 3600...43_200, using: &generator)))
        case 14: .clock(.seconds(-3600))
        case 15: .clock(.seconds(86_400))
        case 16..<18: .wish(.renewal)
        case 18: .wish(.fetch)
        default: .wish(.signIn)
        }
    }
}

// MARK: - Faults

extension Fault {
    /// Every kind of fault that there is.
    static let all: [Fault] =
        answers + [
            .dropBeforeAnswer, .dropAfterWork, .truncatedBody, .resetBeforeAnswer, .resetAfterWork, .resetInBody, .garbage, .randomBody,
            .oversizedBody, .slowBody, .hang, .emptyDevices, .missingReadings, .delay(.milliseconds(20)), .delay(.seconds(2)),
        ]

    private static let answers: [Fault] =
        [
            .unavailable, .invalidGrant, .usageReached,
            json(400, #"{"error":"invalid_client"}"#), json(403, #"{"error":{"code":2,"message":"Invalid access token"}}"#),
            json(403, #"{"error":{"code":3,"message":"Access token expired"}}"#), json(403, #"{"error":{"code":13,"message":"scope"}}"#),
            json(429, #"{"error":{"code":11,"message":"busy"}}"#), json(429, ""), json(429, "", retryAfter: "45"),
            json(503, "", retryAfter: "Mon, 23 Nov 2026 17:18:05 GMT"), json(503, "", retryAfter: "7200"),
            json(500, #"{"error":"server_error"}"#), json(502, ""), json(504, ""), json(200, ""), json(200, "{}"),
            json(404, #"{"error":{"code":404,"message":"Not found"}}"#),
        ] + [200, 404, 403, 500].map { .status($0, body: "<html><body>a proxy</body></html>", contentType: "text/html", headers: []) }

    private static func json(_ status: Int, _ body: String, retryAfter: String? = nil) -> Fault {
        .status(status, body: body, contentType: "application/json", headers: retryAfter.map { [("Retry-After", $0)] } ?? [])
    }

    /// Its name, and what distinguishes it from others of that name.
    package var title: String {
        switch self {
        case .status(let status, let body, _, let headers):
            ([name, "\(status)", body] + headers.map { "\($0.0): \($0.1)" }).filter { !$0.isEmpty }.joined(separator: " ")
        case .delay(let duration): "\(name) \(duration)"
        default: name
        }
    }

    /// The quota, a wrong client and a wrong scope have waits of their own; `Retry-After` may ask for an hour.
    fileprivate var asksForLongWait: Bool {
        guard case .status(_, let body, _, let headers) = self else { return false }
        return !headers.isEmpty || ["\"code\":26", "\"code\":13", "invalid_client"].contains { body.contains($0) }
    }
}
