import Glibc
import Testing
import TestSupport

@testable import netatmo_dashboard

@Suite("Lines that are appended to an output")
struct LineOutputTests {
    /// A pipe that nobody reads until the test does.
    private final class Pipe {
        private(set) var ends: [Int32] = [-1, -1]

        init() throws {
            try #require(pipe(&ends) == 0)
        }

        deinit {
            for end in ends where end >= 0 { close(end) }
        }

        func closeReader() {
            close(ends[0])
            ends[0] = -1
        }

        /// What is in it, and what comes until nothing more does.
        func read() -> String {
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            var input = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            while poll(&input, 1, 1000) > 0 {
                let count = Glibc.read(ends[0], &buffer, buffer.count)
                guard count > 0 else { break }
                text += buffer[..<count]
            }
            return String(decoding: text, as: UTF8.self)
        }
    }

    @Test("keep their order and are all there where somebody reads them")
    func order() async throws {
        let pipe = try Pipe()
        let output = LineOutput(descriptor: pipe.ends[1])
        for number in 1...500 { output.write("line \(number)\n") }
        await output.finish()
        #expect(pipe.read() == (1...500).map { "line \($0)\n" }.joined())
        #expect(output.knownEnd == nil)
    }

    @Test("that wait for a reader who has stopped to read are as many as there is room for, and no more")
    func bound() async throws {
        let pipe = try Pipe()
        let output = LineOutput(descriptor: pipe.ends[1])
        let line = String(repeating: "x", count: 99) + "\n"
        let inPipe = 65_536 / line.utf8.count
        for _ in 0..<3 * LineOutput.capacity { output.write(line) }
        let lines = pipe.read().split(separator: "\n").count
        // What went into the pipe meanwhile made room for as many.
        #expect((LineOutput.capacity...LineOutput.capacity + inPipe + 1).contains(lines), "\(lines)")
        // Once it is read again, there is room again.
        output.write("later\n")
        #expect(pipe.read() == "later\n")
    }

    @Test("end where nobody can read them any more, whether or not there is one to be written", arguments: [false, true])
    func readerGone(writes: Bool) async throws {
        let pipe = try Pipe()
        // As the program does.
        signal(SIGPIPE, SIG_IGN)
        let output = LineOutput(descriptor: pipe.ends[1])
        pipe.closeReader()
        if writes { output.write("line\n") }
        let end = try await waiting(for: "the end", limit: .seconds(10)) { await output.waitForEnd() }
        guard case .readerGone = end else {
            Issue.record("\(String(describing: end))")
            return
        }
    }
}
