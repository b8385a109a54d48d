import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("The exporter alone, in a flood of connections")
    struct FloodTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        /// Starts it with limits for how many files it may have open, such as `64:64`, the soft one first.
        private func serve(files: String) throws -> ChildProcess {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: true, encoding: .utf8)
            return try ChildProcess(
                executable: "prlimit", ["--nofile=\(files)", try Program.path, "serve"] + simulator.options(tokenFile: tokenFile),
                environment: Simulator.environment
            )
        }

        private func port(of process: ChildProcess) async throws -> Int {
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            return try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
        }

        /// A client of many connections, by Python: a line of it tells that they are there.
        private func clients(_ script: String, port: Int, count: Int) async throws -> ChildProcess {
            let client = try ChildProcess(
                executable: "/usr/bin/python3",
                [
                    "-u", "-c",
                    """
                    import select, socket, sys, time
                    port, count = int(sys.argv[1]), int(sys.argv[2])
                    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
                    \(script)
                    """, "\(port)", "\(count)",
                ]
            )
            _ = try await until("the clients") { client.output.contains("there") ? true : nil }
            return client
        }

        /// Connects and says nothing; one that is closed comes again.
        private static let silence = """
            print('there')
            while True:
                for connection in select.select(connections, [], [])[0]:
                    connections.remove(connection)
                    connection.close()
                    time.sleep(0.1)
                    connections.append(socket.create_connection(("127.0.0.1", port)))
            """
        /// Asks again and again without waiting, and takes the answers.
        private static let flood = """
            load = b"GET /version HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n" * 5000
            for connection in connections: connection.setblocking(False)
            print('there')
            end = time.monotonic() + 3
            while time.monotonic() < end:
                readable, writable, _ = select.select(connections, connections, [], 0.1)
                for connection in readable: connection.recv(1 << 20)
                for connection in writable: connection.send(load)
            print('sent')
            time.sleep(60)
            """

        private func residentMegabytes(_ process: ChildProcess) throws -> Int {
            try KernelView(processID: process.processID).residentMegabytes()
        }

        private func cpuSeconds(_ process: ChildProcess) throws -> Double {
            let stat = try String(contentsOfFile: "/proc/\(process.processID)/stat", encoding: .utf8)
            let fields = try #require(stat.components(separatedBy: ") ").last).split(separator: " ")
            return (try #require(Double(fields[11])) + #require(Double(fields[12]))) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }

        @Test("takes at most 20 MB more for 60 clients that ask without waiting, answers beside them, and gives memory back")
        func askingAhead() async throws {
            let process = try serve(files: "1024:1024")
            let port = try await port(of: process)
            // One answer to have it all in memory that a request takes.
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/version").status == 200)
            let before = try residentMegabytes(process)
            let flood = try await clients(Self.flood, port: port, count: 60)
            var most = before
            while !flood.output.contains("sent") {
                #expect(try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200)
                most = max(most, try residentMegabytes(process))
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(most - before <= 20, "\(before) MB before, \(most) MB at most")
            flood.signal(SIGKILL)
            _ = try await until("memory to be given back", within: .seconds(60)) {
                try residentMegabytes(process) <= before ? true : nil
            }
        }

        @Test("with 64 files and 60 silent clients it saves a new token, does not spin, and answers when they have gone")
        func silentClients() async throws {
            let process = try serve(files: "64:64")
            let port = try await port(of: process)
            let silent = try await clients(Self.silence, port: port, count: 60)
            let (start, cpu) = (ContinuousClock.now, try cpuSeconds(process))
            let answer = try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/tokens", form: "").body
            let brought = try #require(answer.firstMatch(of: /"refresh_token":"([^"]+)"/)).1
            try #"{"refresh_token":"\#(brought)"}"#.write(toFile: tokenFile, atomically: true, encoding: .utf8)
            _ = try await until("the new token to be saved; \(process.errors)") {
                try String(contentsOfFile: tokenFile, encoding: .utf8).contains("access_token") ? true : nil
            }
            try await Task.sleep(until: start + .seconds(4))
            let used = try cpuSeconds(process) - cpu
            #expect(used < 0.5 * ((ContinuousClock.now - start) / .seconds(1)))
            silent.signal(SIGKILL)
            _ = try await until("an answer") { try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200 ? true : nil }
            #expect(!process.errors.contains("Too many open files"))
        }

        @Test("where its limit is lowered while it runs it does not spin, and accepts again once there is room")
        func loweredLimit() async throws {
            let process = try serve(files: "1024:1024")
            let port = try await port(of: process)
            // All but the highest numbers are taken: the next connection finds no file.
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processID)/fd").count
            let lower = try ChildProcess(executable: "prlimit", ["--pid", "\(process.processID)", "--nofile=\(min(open, 8)):1024"])
            #expect(try await lower.exitCode() == 0)
            let waiting = try await clients(Self.silence, port: port, count: 5)
            let (start, cpu) = (ContinuousClock.now, try cpuSeconds(process))
            try await Task.sleep(for: .seconds(3))
            let used = try cpuSeconds(process) - cpu
            #expect(used < 0.5 * ((ContinuousClock.now - start) / .seconds(1)))
            let raise = try ChildProcess(executable: "prlimit", ["--pid", "\(process.processID)", "--nofile=1024:1024"])
            #expect(try await raise.exitCode() == 0)
            _ = try await until("an answer") { try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200 ? true : nil }
            waiting.signal(SIGKILL)
        }

        @Test(
            "raises the limit of its open files as far as it may and needs",
            arguments: [("40:512", "512"), ("64:4096", "1024"), ("2048:4096", "2048")])
        func raisedLimit(files: String, raised: String) async throws {
            let process = try serve(files: files)
            _ = try await port(of: process)
            let limits = try String(contentsOfFile: "/proc/\(process.processID)/limits", encoding: .utf8)
            #expect(limits.firstMatch(of: /Max open files\s+(\d+)/).map { String($0.1) } == raised)
        }

        @Test("says in one line that it may have too few files open, and touches nothing")
        func tooFew() async throws {
            let process = try serve(files: "24:24")
            #expect(try await process.exitCode() == 1)
            #expect(process.errors.contains("this process may have only 24 files open, and needs "))
            #expect(process.errors.split(separator: "\n").count == 1)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: URL(fileURLWithPath: tokenFile).deletingLastPathComponent().path).count
                    == 1)
        }
    }
}
