package import Homes
package import OperatingSystem

/// Carries a request to NetAtmo and its answer back. The seam where a test stands in for the network.
package protocol NetatmoTransport: Sendable {
    /// Sends a request and collects the whole answer, whatever its status.
    ///
    /// - Throws: ``NetatmoError`` of kind ``NetatmoError/Kind/network``, ``NetatmoError/Kind/connectTimeout`` or
    ///   ``NetatmoError/Kind/timeout`` where there is no answer, ``NetatmoError/Kind/truncated`` or
    ///   ``NetatmoError/Kind/tooLarge`` where not all of it was taken, ``NetatmoError/Kind/invalidAnswer`` where it is not HTTP.
    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer
}

/// A request to NetAtmo: always a POST of a form, which keeps its values out of every log of addresses.
package struct NetatmoRequest: Sendable {
    /// What is asked for: NetAtmo limits requests for data, and those for a token by all requests alone.
    package enum Purpose: Sendable {
        case token
        case data
        /// Data of the past, which count with the others and come behind them.
        case history
        /// Much of the past at once, which leaves room for those of the user.
        case export
    }

    package let purpose: Purpose
    /// The path, such as `/oauth2/token`.
    package let path: String
    package let form: [(name: String, value: String)]
    /// What goes into `Authorization: Bearer`.
    package var accessToken: Secret?
}

/// What NetAtmo answered.
package struct NetatmoAnswer: Sendable {
    package let status: Int
    /// How long `Retry-After` asks to wait, if there is one that can be read: at most an hour.
    package let retryAfter: Duration?
    package let body: [UInt8]

    package init(status: Int, retryAfter: Duration? = nil, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}

extension NetatmoRequest: CustomStringConvertible, CustomReflectable {
    /// The path and the names of the fields: their values are secrets, most of them.
    package var description: String { "POST \(path) [\(form.map(\.name).joined(separator: ", "))]" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension NetatmoAnswer: CustomStringConvertible, CustomReflectable {
    /// The status and the size: the body may hold tokens.
    package var description: String { "HTTP \(status), \(body.count) bytes" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
