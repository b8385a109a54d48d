import Foundation
import TestSupport

/// Passes requests on to an exporter and asks for the text format 0.0.4: a Prometheus asks for OpenMetrics first, and an old one
/// can't be told otherwise.
final class TextFormatRelay {
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    private static let script = """
        import http.server, sys, urllib.request

        class Relay(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                request = urllib.request.Request(
                    "http://127.0.0.1:" + sys.argv[1] + self.path,
                    headers={"Accept": "text/plain;version=0.0.4", "Accept-Encoding": self.headers.get("Accept-Encoding", "")})
                with urllib.request.urlopen(request, timeout=5) as answer:
                    body = answer.read()
                    self.send_response(answer.status)
                    for name in ("Content-Type", "Content-Encoding"):
                        if answer.headers[name]: self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = http.server.HTTPServer(("127.0.0.1", 0), Relay)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    init(to exporterPort: Int) async throws {
        folder = try TemporaryFolder()
        let script = folder.path("relay.py")
        try Self.script.write(toFile: script, atomically: false, encoding: .utf8)
        process = try ChildProcess(executable: "/usr/bin/python3", [script, "\(exporterPort)"])
        port = try await until("the relay to listen") { [process] in
            process.output.firstMatch(of: /^(\d+)\n/).flatMap { Int($0.1) }
        }
    }
}
