package import OperatingSystem

/// The protocol of the control socket: HTTP/1.1 over a Unix-domain socket, described in Documentation/control-socket.md.
package enum ControlProtocol {
    /// Rises with each change that a front end of another release can't read.
    package static let version = 1
    /// The longest line of a state, in bytes: more than 20,000 modules take.
    package static let longestLine = 16 << 20
    /// The longest body of a request, in bytes: a pasted text with room for the escapes of JSON.
    package static let longestRequest = 64 << 10
    /// How often a line of the state comes at least, in seconds; one with nothing but its time where nothing changed. A reader that gets
    /// none any more knows that the engine hangs, or was stopped.
    package static let heartbeat = 10.0
}

/// The paths of the control socket.
package enum ControlPath: String, Sendable, CaseIterable {
    /// `GET`: the state, and then what changes, as long as it is read: a ``StateUpdate`` a line.
    case state = "/v1/state"
    /// `GET`: the status once, the same as `/api/status`.
    case status = "/v1/status"
    /// `POST`: asks for a fetch; answered with a ``FetchReply``.
    case fetch = "/v1/fetch"
    /// `POST`: asks for a renewal; answered with a ``RenewalReply``.
    case renewal = "/v1/renewal"
    /// `POST`: begins a sign-in; answered with a ``SignInOffer``, or `null` where there is none yet.
    case signIn = "/v1/sign-in"
    /// `POST`: signs in with a ``PastedText``; answered with a ``SignInReply``.
    case signInAnswer = "/v1/sign-in/answer"
    /// `GET`: what a device measured, or with `kind=room` a room of a home; answered with a ``HistoryReply``.
    case history = "/v1/history"
    /// `GET`: what a device or a room measured from one time to another, at most 1024 times; answered with a ``HistoryReply``.
    case historyPage = "/v1/history/page"
    /// `GET`: what is kept of the modules' last day, by the module's id; NetAtmo is not asked.
    case histories = "/v1/histories"

    /// Whether it changes something, and is asked by `POST`.
    package var changesSomething: Bool {
        switch self {
        case .state, .status, .history, .historyPage, .histories: false
        case .fetch, .renewal, .signIn, .signInAnswer: true
        }
    }
}

/// What a user pasted to sign in.
package struct PastedText: Sendable, Codable {
    package let text: Secret

    package init(_ text: Secret) {
        self.text = text
    }

    private enum Key: String, CodingKey {
        case text
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(text.reveal(), forKey: .text)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        guard let text = Secret(try json.decode(String.self, forKey: .text)) else {
            throw DecodingError.dataCorruptedError(forKey: .text, in: json, debugDescription: "an empty text")
        }
        self.text = text
    }
}
