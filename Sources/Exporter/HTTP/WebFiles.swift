import Hummingbird
import NIOCore

/// The files that the page at `/` is made of beside itself, as they were at build time.
enum WebFiles {
    private static let style = ByteBuffer(bytes: PackageResources.style_css)
    private static let script = ByteBuffer(bytes: PackageResources.script_js)

    static func add(to router: some RouterMethods<ExporterRequestContext>) {
        router.get("style.css") { _, _ in file(style, contentType: "text/css; charset=utf-8") }
        router.get("script.js") { _, _ in file(script, contentType: "text/javascript; charset=utf-8") }
    }

    private static func file(_ content: ByteBuffer, contentType: String) -> Response {
        var response = Response.page(.ok, contentType: contentType, "")
        response.body = ResponseBody(byteBuffer: content)
        return response
    }
}
