/// Something that goes wrong on the way to an answer.
package enum Fault: Sendable {
    /// Another answer in place of the right one; nothing is done. A status outside 200...599 is sent as 500, and headers that HTTP
    /// doesn't allow, or that frame the message, are left out.
    case status(Int, body: String, contentType: String, headers: [(String, String)])
    /// Time passes, then everything is as usual.
    case delay(Duration)
    /// The connection is closed, and nothing has been done.
    case dropBeforeAnswer
    /// The connection is closed after the work: a token was renewed, and the client has not got the new one.
    case dropAfterWork
    /// The work is done, and half of the answer's body arrives before the connection closes.
    case truncatedBody
    /// The connection is reset (RST in place of FIN), and nothing has been done.
    case resetBeforeAnswer
    /// The connection is reset after the work: a token was renewed, and the client has not got the new one.
    case resetAfterWork
    /// The work is done, and the connection is reset after half of the answer's body, which the reset may overtake.
    case resetInBody
    /// Bytes that are no HTTP come in place of an answer, then the connection closes. Nothing is done.
    case garbage
    /// 200 with a kilobyte of random bytes that say they are JSON. Nothing is done.
    case randomBody
    /// 200 with a body of 17 MiB that doesn't say how long it is. Nothing is done.
    case oversizedBody
    /// The work is done, and the answer's body comes one byte a second.
    case slowBody
    /// `devices` is empty where there should be stations or home coaches, so is `homes` where there should be homes, and the whole `body`
    /// of a home's status: NetAtmo has an outage and doesn't say so. As usual on other endpoints.
    case emptyDevices
    /// Stations, modules and home coaches are there and reachable, and none has `dashboard_data`; a home's status has its ID alone. As
    /// usual on other endpoints.
    case missingReadings
    /// No answer, until the client gives up or the simulator stops. Nothing is done.
    case hang

    /// An outage as nginx reports it: 503 with a page of HTML.
    package static var unavailable: Fault {
        let title = "503 Service Temporarily Unavailable"
        let page = "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n<h1>\(title)</h1>\r\n</body>\r\n</html>\r\n"
        return .status(503, body: page, contentType: "text/html", headers: [])
    }

    /// What the token endpoint says, now and then without reason, of a refresh token that is good.
    package static var invalidGrant: Fault {
        .status(400, body: "{\"error\":\"invalid_grant\"}", contentType: "application/json", headers: [])
    }

    /// The user's quota is used up: 403 with code 26.
    package static var usageReached: Fault {
        .status(403, body: "{\"error\":{\"code\":26,\"message\":\"User usage reached\"}}", contentType: "application/json", headers: [])
    }

    /// Those that need no more than their name to be asked for.
    static let plain: [Fault] = [
        .dropBeforeAnswer, .dropAfterWork, .truncatedBody, .resetBeforeAnswer, .resetAfterWork, .resetInBody, .garbage, .randomBody,
        .oversizedBody, .slowBody, .emptyDevices, .missingReadings, .hang,
    ]

    /// The name under which requests are recorded and faults are asked for by HTTP, such as `dropAfterWork`.
    package var name: String {
        // A case with values prints them in parentheses.
        String("\(self)".prefix { $0 != "(" })
    }
}
