import Homes
import Netatmo
import Synchronization
import OperatingSystem

/// Gives one answer to every request, and keeps what was asked, the order of the fields included.
final class RecordingTransport: NetatmoTransport {
    private let requests = Mutex<[NetatmoRequest]>([])
    private let result: Result<NetatmoAnswer, NetatmoError>

    init(_ result: Result<NetatmoAnswer, NetatmoError>) {
        self.result = result
    }

    /// Answers with a status and a body.
    convenience init(status: Int = 200, retryAfter: Duration? = nil, _ body: String) {
        self.init(.success(NetatmoAnswer(status: status, retryAfter: retryAfter, body: Array(body.utf8))))
    }

    /// The requests so far.
    var sent: [NetatmoRequest] { requests.withLock { $0 } }

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        requests.withLock { $0.append(request) }
        return try result.get()
    }
}

extension NetatmoRequest {
    /// The form as it goes over the wire.
    var formText: String { PercentEncoding.form(form) }
}
