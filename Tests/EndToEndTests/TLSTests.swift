import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("NetAtmo by TLS and by a proxy")
    struct TLSTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private let proxy: ChildProcess
        private let proxyPort: Int

        /// A proxy that is at the same time the server of each name, and hands all on to the simulator.
        private static let script = """
            import base64, socket, ssl, sys, threading
            simulator, pem = int(sys.argv[1]), sys.argv[2]
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            def pump(source, target):
                try:
                    while data := source.recv(65536): target.sendall(data)
                    target.shutdown(socket.SHUT_WR)
                except OSError: pass
            def serve(client):
                head = b""
                while not head.endswith(b"\\r\\n\\r\\n"):
                    byte = client.recv(1)
                    if not byte: return
                    head += byte
                user = base64.b64encode(b"me:hush-hush")
                known = user in head
                print(head.split(b"\\r")[0].decode(), "known" if known else "unknown", flush=True)
                if not known: return client.sendall(b"HTTP/1.1 407 Who\\r\\nContent-Length: 0\\r\\n\\r\\n")
                client.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")
                try: client = context.wrap_socket(client, server_side=True)
                except OSError: return
                server = socket.create_connection(("127.0.0.1", simulator))
                threading.Thread(target=pump, args=(server, client), daemon=True).start()
                pump(client, server)
            listener = socket.create_server(("127.0.0.1", 0))
            print("port", listener.getsockname()[1], flush=True)
            while True: threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
            """

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
            let pem = folder.path("server.pem")
            try (TestCertificates.good + TestCertificates.key).write(toFile: pem, atomically: false, encoding: .utf8)
            try TestCertificates.authority.write(toFile: folder.path("authority.pem"), atomically: false, encoding: .utf8)
            let process = try ChildProcess(executable: "/usr/bin/python3", ["-c", Self.script, "\(simulator.port)", pem])
            proxy = process
            proxyPort = try await until("the proxy") { process.output.firstMatch(of: /port (\d+)/).flatMap { Int($0.1) } }
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(
                toFile: folder.path("token.json"), atomically: false, encoding: .utf8)
        }

        private func serve(_ environment: [String: String]) throws -> ChildProcess {
            try ChildProcess(
                [
                    "serve", "--api-url", "https://netatmo.test", "--client-id", "simulator-client", "--token-file",
                    folder.path("token.json"), "--addr", "127.0.0.1:0", "--log-level", "trace",
                ],
                environment: environment.merging(Simulator.environment) { $1 })
        }

        @Test("works by the environment alone, and tells nobody what the proxy is told")
        func works() async throws {
            let process = try serve([
                "HTTPS_PROXY": "http://me:hush-hush@127.0.0.1:\(proxyPort)", "SSL_CERT_FILE": folder.path("authority.pem"),
            ])
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            #expect(proxy.output.contains("CONNECT netatmo.test:443 HTTP/1.1 known\n"))
            #expect(process.errors.contains("api requests go through the proxy 127.0.0.1:\(proxyPort)\n"))
            #expect(!process.errors.contains("hush") && !process.output.contains("hush"))
        }

        @Test("says that the certificate is refused, and why, and spends no token on it")
        func refused() async throws {
            let process = try serve(["HTTPS_PROXY": "http://me:hush-hush@127.0.0.1:\(proxyPort)"])
            _ = try await until("the failure") { process.errors.contains("certificate refused") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            #expect(process.errors.contains("certificate refused (its authority is not trusted here; SSL_CERT_FILE can name one that is)"))
            let file = try String(contentsOfFile: folder.path("token.json"), encoding: .utf8)
            #expect(file.contains(simulator.refreshToken))
        }

        @Test("says what a proxy wants, and does not start with one that is none")
        func proxyTrouble() async throws {
            let process = try serve(["HTTPS_PROXY": "127.0.0.1:\(proxyPort)"])
            _ = try await until("the failure") { process.errors.contains("Proxy authentication required") ? true : nil }
            let wrong = try serve(["HTTPS_PROXY": "ftp://me:hush-hush@127.0.0.1:\(proxyPort)"])
            #expect(try await wrong.exitCode() == 64)
            #expect(wrong.errors.hasPrefix("netatmo-dashboard: HTTPS_PROXY: expected the address of an HTTP proxy"))
            #expect(!wrong.errors.contains("hush"))
        }
    }
}
