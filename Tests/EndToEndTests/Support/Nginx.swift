import Foundation
import Glibc
import TestSupport

/// Debian's nginx on a port of this machine, in front of an exporter.
final class Nginx {
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - locations: The `location` blocks of its one server.
    ///   - user: The number of the user that it runs as, where that is not who runs the tests; only root can have that.
    init(_ locations: String, user: UInt32? = nil) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let port = try LoopbackPort.choose()
        self.port = port
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path($0));" }.joined(
            separator: " ")
        let configuration = """
            daemon off; master_process off; pid \(folder.path("pid")); error_log \(folder.path("log"));
            events {}
            http { access_log off; \(temporary) server { listen 127.0.0.1:\(port); \(locations) } }

            """
        try configuration.write(toFile: folder.path("nginx.conf"), atomically: false, encoding: .utf8)
        var command = ["/usr/sbin/nginx", "-p", folder.path(""), "-c", folder.path("nginx.conf"), "-e", folder.path("log")]
        if let user {
            guard chown(folder.path(""), user, user) == 0 else { throw POSIXError(.EPERM) }
            command = ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--"] + command
        }
        process = try ChildProcess(executable: command[0], Array(command.dropFirst()))
        let address = "http://127.0.0.1:\(port)/nothing"
        _ = try await until("nginx to answer; it says: \(said)") { try await HTTP.get(address).status == 0 ? nil : true }
    }

    /// What it complains about.
    private var said: String { process.errors + ((try? String(contentsOfFile: folder.path("log"), encoding: .utf8)) ?? "") }

    deinit {
        process.signal(SIGTERM)
    }
}

/// A port of the loopback address for a program that has to be told one.
enum LoopbackPort {
    /// One that nobody listens on. The system gives none of these to those who ask for any (ip_local_port_range begins at 32,768): no
    /// other test takes it before the program does.
    static func choose() throws -> Int {
        for _ in 1...100 {
            let port = UInt16.random(in: 20_000..<32_768)
            if isFree(port) { return Int(port) }
        }
        throw POSIXError(.EADDRINUSE)
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
