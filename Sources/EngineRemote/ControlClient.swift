import AsyncHTTPClient
import EngineAPI
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import OperatingSystem

/// Speaks to an engine over its control socket. What answers is bounded in time and size, and read with care.
struct ControlClient: Sendable {
    let socket: UnixSocket
    let ownership: SocketOwnership
    let client: HTTPClient

    /// What an answer to a request may take, in bytes: a history of three days of all measures takes some hundred kB.
    private static let longestAnswer = 8 << 20
    /// What a reason may take, in bytes.
    private static let longestReason = 1 << 10

    /// Reads the state until it ends, or the task is cancelled: nothing else ends the wait for a line.
    ///
    /// - Parameter take: Gets each line.
    /// - Throws: ``EngineConnectionError``; what `take` throws is one.
    func readState(_ take: (_ line: [UInt8]) throws(EngineConnectionError) -> Void) async throws(EngineConnectionError) {
        let response = try await execute(request(.state))
        guard response.status == .ok else { throw await refusal(response, of: .state) }
        var reader = LineReader(limit: ControlProtocol.longestLine)
        do {
            for try await bytes in response.body {
                for line in try reader.lines(adding: bytes.readableBytesView) { try take(line) }
            }
        } catch let error as EngineConnectionError {
            throw error
        } catch is LineReader.TooLong {
            throw notAnEngine("a line of more than \(ControlProtocol.longestLine >> 20) MiB")
        } catch let error as HTTPParserError where error != .invalidEOFState {
            throw notAnEngine("what comes is no HTTP")
        } catch {
            throw .ended
        }
        throw .ended
    }

    /// Asks for something, and reads the answer.
    ///
    /// - Parameters:
    ///   - query: What stands behind the path.
    ///   - body: A value that is sent as JSON.
    ///   - limit: How long it may take, to the answer's last byte.
    func ask<Answer: Decodable>(
        _ path: ControlPath, query: String = "", body: (any Encodable)? = nil, within limit: Duration
    ) async throws(EngineConnectionError) -> Answer {
        let text = try await text(path, query: query, body: body, within: limit)
        do {
            return try JSONDecoder.status().decode(Answer.self, from: Data(text))
        } catch {
            throw notAnEngine("no answer of ours for \(path.rawValue)")
        }
    }

    /// The same, with the answer as it came.
    func text(
        _ path: ControlPath, query: String = "", body: (any Encodable)? = nil, longest: Int = longestAnswer, within limit: Duration
    ) async throws(EngineConnectionError) -> [UInt8] {
        var request = request(path, query: query)
        if let body {
            guard let json = try? JSONEncoder.complete().encode(body) else { throw notAnEngine("a request that can't be written") }
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: json))
        }
        let tooSlow = EngineConnectionError.unreachable(path: socket.path, reason: "no whole answer within \(Int(limit / .seconds(1))) s")
        do {
            return try await boundedExchange(limit: limit, orThrow: tooSlow) { [request] in
                let response = try await execute(request)
                guard response.status == .ok else { throw await refusal(response, of: path) }
                return Array(buffer: try await response.body.collect(upTo: longest))
            }
        } catch let error as EngineConnectionError {
            throw error
        } catch {
            throw .ended
        }
    }

    private func request(_ path: ControlPath, query: String = "") -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http+unix://\(PercentEncoding.encode(socket.path))\(path.rawValue)\(query)")
        request.method = path.changesSomething ? .POST : .GET
        return request
    }

    private func execute(_ request: HTTPClientRequest) async throws(EngineConnectionError) -> HTTPClientResponse {
        try ownership.check(socket)
        do {
            // The client's own deadline would count until the answer begins, and no further.
            return try await client.execute(request, deadline: .distantFuture)
        } catch let error as IOError {
            throw failure(error.errnoCode)
        } catch let error as HTTPParserError where error != .invalidEOFState {
            throw notAnEngine("what comes is no HTTP")
        } catch {
            throw (error as? HTTPClientError).map { .unreachable(path: socket.path, reason: $0.shortDescription) } ?? .ended
        }
    }

    private func failure(_ code: Int32) -> EngineConnectionError {
        switch code {
        case ECONNREFUSED, ENOENT: .noEngine(path: socket.path)
        case EACCES, EPERM: .notAllowed(socket)
        default: .unreachable(path: socket.path, reason: systemMessage(code))
        }
    }

    /// Why an engine does not do what it is asked for, where it says so: it has no such device, or too many connections.
    private func refusal(_ response: HTTPClientResponse, of path: ControlPath) async -> EngineConnectionError {
        let isOfEngines = response.status == .serviceUnavailable || response.status == .notFound && [.history, .historyPage].contains(path)
        guard isOfEngines, response.headers.first(name: "content-type")?.hasPrefix("text/plain") == true,
            let body = try? await response.body.collect(upTo: Self.longestReason),
            let line = String(buffer: body).split(whereSeparator: \.isNewline).first
        else { return notAnEngine("HTTP \(response.status.code) for \(path.rawValue)") }
        return .refused(path: socket.path, status: response.status.code, reason: String(line).harmlessLine(limit: 300))
    }

    private func notAnEngine(_ reason: String) -> EngineConnectionError {
        .notAnEngine(path: socket.path, reason: reason)
    }
}
