import FoundationEssentials
import Hummingbird

extension Response {
    static func text(_ status: HTTPResponse.Status, _ line: String) -> Response {
        page(status, contentType: "text/plain; charset=utf-8", line + "\n")
    }

    static func page(_ status: HTTPResponse.Status, contentType: String, _ body: String) -> Response {
        self.body(status, contentType: contentType, ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    static func body(_ status: HTTPResponse.Status, contentType: String, _ body: ResponseBody) -> Response {
        Response(status: status, headers: [.contentType: contentType], body: body)
    }

    /// JSON of a value, with its keys in alphabetical order.
    static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        return page(.ok, contentType: "application/json", json + "\n")
    }

    static func found(_ location: String) -> Response {
        Response(status: .found, headers: [.location: location])
    }
}
