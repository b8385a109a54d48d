import Foundation
import Glibc
import TestSupport

/// Debian's nginx on a free port of this machine, in front of an exporter.
final class Nginx {
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// - Parameter locations: The `location` blocks of its one server.
    init(_ locations: String) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let port = try freePort()
        self.port = port
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path($0));" }.joined(
            separator: " ")
        let configuration = """
            daemon off; master_process off; pid \(folder.path("pid")); error_log \(folder.path("log"));
            events {}
            http { access_log off; \(temporary) server { listen 127.0.0.1:\(port); \(locations) } }

            """
        try configuration.write(toFile: folder.path("nginx.conf"), atomically: false, encoding: .utf8)
        process = try ChildProcess(
            executable: "/usr/sbin/nginx", ["-p", folder.path(""), "-c", folder.path("nginx.conf"), "-e", folder.path("log")])
        let address = "http://127.0.0.1:\(port)/nothing"
        _ = try await until("nginx to answer") { try await HTTP.get(address).status == 0 ? nil : true }
    }

    deinit {
        process.signal(SIGTERM)
    }
}

/// A port of the loopback address that nobody listens on.
private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
        }
    }
    guard result else { throw POSIXError(.EADDRINUSE) }
    return Int(UInt16(bigEndian: address.sin_port))
}
