import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// One line of plain text.
    static func text(_ status: HTTPResponse.Status, _ line: String) -> Response {
        page(status, contentType: "text/plain; charset=utf-8", line + "\n")
    }

    /// A page that no cache keeps.
    static func page(_ status: HTTPResponse.Status, contentType: String, _ body: String) -> Response {
        var headers = harmless
        headers[.contentType] = contentType
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    /// JSON of a value, with its keys in alphabetical order.
    static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        return page(.ok, contentType: "application/json", json + "\n")
    }

    /// 302 to another address.
    static func found(_ location: String) -> Response {
        var headers = harmless
        headers[.location] = location
        return Response(status: .found, headers: headers)
    }

    /// What a browser must not do with our pages: guess their type, run scripts, tell where it comes from, keep them.
    private static var harmless: HTTPFields {
        var headers: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
        return headers
    }
}
