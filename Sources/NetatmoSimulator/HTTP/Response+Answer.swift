import HTTPTypes
import Hummingbird

extension Response {
    init(_ answer: APIAnswer) {
        self.init(status: Self.status(answer.status), headers: answer.fields, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// An answer that promises its whole body, and whose connection breaks after half of it.
    /// - Parameter ending: what is done to the connection before it closes.
    init(truncating answer: APIAnswer, ending: @escaping @Sendable () async -> Void) {
        let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
        // A body needs a byte at least for one to be missing.
        let body = ResponseBody(contentLength: max(answer.body.count, 1)) { writer in
            try await writer.write(half)
            await ending()
            throw ConnectionDropped()
        }
        self.init(status: Self.status(answer.status), headers: answer.fields, body: body)
    }

    /// An answer whose body comes a byte at a time.
    /// - Parameter pause: waits before each byte.
    init(dripping answer: APIAnswer, pause: @escaping @Sendable () async throws -> Void) {
        let body = ResponseBody(contentLength: answer.body.count) { writer in
            for byte in answer.body {
                try await pause()
                try await writer.write(ByteBuffer(bytes: [byte]))
            }
            try await writer.finish(nil)
        }
        self.init(status: Self.status(answer.status), headers: answer.fields, body: body)
    }

    /// 200 and that many blanks, in pieces and without saying how many.
    init(blankBytes count: Int) {
        let body = ResponseBody { writer in
            let piece = ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 18)
            for _ in 0..<count / piece.readableBytes {
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
        self.init(status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: body)
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
        if HTTPField.isValidValue(contentType) { fields[.contentType] = contentType }
        for header in headers {
            guard let name = HTTPField.Name(header.name), !Self.framing.contains(name) else { continue }
            guard HTTPField.isValidValue(header.value) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return fields
    }

    init(randomBytes count: Int, seed: Int) {
        self.init(status: 200, contentType: "application/json; charset=utf-8", body: RandomBytes.make(count, seed: seed))
    }

    init(faultStatus status: Int, body: String, contentType: String, headers: [(String, String)]) {
        self.init(status: status, contentType: contentType, body: Array(body.utf8), headers: headers.map { (name: $0.0, value: $0.1) })
    }
}

/// The connection was closed on purpose: the client gets no answer.
struct ConnectionDropped: Error {}
