import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An answer as HTTP sends it.
    init(_ answer: APIAnswer) {
        self.init(status: Self.status(answer.status), headers: answer.fields, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// An answer that promises its whole body, and whose connection breaks after half of it.
    init(truncating answer: APIAnswer) {
        let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
        // A body needs a byte at least for one to be missing.
        let body = ResponseBody(contentLength: max(answer.body.count, 1)) { writer in
            try await writer.write(half)
            throw ConnectionDropped()
        }
        self.init(status: Self.status(answer.status), headers: answer.fields, body: body)
    }

    /// Statuses that end a request; anything else counts as the server's failure.
    private static func status(_ code: Int) -> HTTPResponse.Status {
        HTTPResponse.Status(code: (200...599).contains(code) ? code : 500)
    }
}

extension APIAnswer {
    /// Headers that say how long a message is belong to the server, not to an answer.
    private static let framing: Set<HTTPField.Name> = [.contentLength, .transferEncoding, .connection, .contentType]

    fileprivate var fields: HTTPFields {
        var fields = HTTPFields()
        if HTTPField.isValidValue(contentType) {
            fields[.contentType] = contentType
        }
        for header in headers {
            guard let name = HTTPField.Name(header.name), !Self.framing.contains(name) else { continue }
            guard HTTPField.isValidValue(header.value) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return fields
    }

    /// The answer that a status fault puts in the place of the right one.
    init(faultStatus status: Int, body: String, contentType: String, headers: [(String, String)]) {
        self.init(
            status: status,
            contentType: contentType,
            body: Array(body.utf8),
            headers: headers.map { (name: $0.0, value: $0.1) }
        )
    }
}

/// The connection was closed on purpose: there is nobody left to answer.
struct ConnectionDropped: Error {}
