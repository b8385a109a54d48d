import NIOCore

/// The files that the page at `/` is made of beside itself, as they were at build time.
enum WebFiles {
    static let style = ByteBuffer(bytes: PackageResources.style_css)
    static let script = ByteBuffer(bytes: PackageResources.script_js)
}
