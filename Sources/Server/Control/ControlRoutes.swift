import Engine
import EngineAPI
import FoundationEssentials
import Homes
import Hummingbird
import Logging
import NIOCore
import OperatingSystem

/// What the control socket answers. Whoever could open it may ask for all of it; each action is logged with who asked.
struct ControlRoutes: Sendable {
    let engine: any EngineClient
    let stream: StateStream
    let status: StatusPage
    let clock: any WallClock
    let logger: Logger
    /// Told when a screen comes or goes.
    let onScreen: @Sendable () -> Void

    typealias Handler = @Sendable (Request, ControlRequestContext) async throws -> Response

    /// What answers a path.
    func handler(of path: ControlPath) -> Handler {
        switch path {
        case .state: state
        case .status:
            { _, _ in
                .body(.ok, contentType: Self.json, ResponseBody(contentsOf: try await status.text(at: clock.now)))
            }
        case .fetch:
            { _, context in
                note("fetch asked for", by: context.peer)
                return try Self.answer(await engine.requestFetch())
            }
        case .renewal:
            { _, context in
                note("renewal asked for", by: context.peer)
                return try Self.answer(await engine.requestRenewal())
            }
        case .signIn:
            { _, context in
                note("sign-in asked for", by: context.peer)
                return try Self.answer(await engine.offerSignIn())
            }
        case .signInAnswer: signInAnswer
        case .history: history
        case .historyPage: historyPage
        case .histories: { _, _ in try Self.answer(await engine.keptHistories()) }
        }
    }

    private static let json = "application/json"

    @Sendable private func state(_ request: Request, context: ControlRequestContext) -> Response {
        .body(
            .ok, contentType: "application/x-ndjson",
            ResponseBody { writer in
                note("screen attached", by: context.peer)
                onScreen()
                defer {
                    note("screen detached", by: context.peer)
                    onScreen()
                }
                try await stream.write(to: &writer, of: context.channel)
                try await writer.finish(nil)
            })
    }

    @Sendable private func signInAnswer(_ request: Request, context: ControlRequestContext) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: ControlProtocol.longestRequest)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "expected at most \(ControlProtocol.longestRequest >> 10) KiB")
        } catch let error where !(error is CancellationError) {
            throw HTTPError(.badRequest, message: "the body did not come whole")
        }
        guard let pasted = try? JSONDecoder().decode(PastedText.self, from: Data(body.readableBytesView)) else {
            throw HTTPError(.badRequest, message: "expected a JSON object with the pasted text as text, not empty")
        }
        note("sign-in pasted", by: context.peer)
        let reply: SignInReply
        do throws(SignInError) {
            reply = .signedIn(until: try await engine.signIn(pasting: pasted.text))
        } catch {
            reply = .failed(error)
        }
        return try Self.answer(reply)
    }

    @Sendable private func history(_ request: Request, context: ControlRequestContext) async throws -> Response {
        let subject = try subject(of: request)
        return try await answer { () async throws(HistoryError) in try await engine.history(of: subject) }
    }

    @Sendable private func historyPage(_ request: Request, context: ControlRequestContext) async throws -> Response {
        let subject = try subject(of: request)
        let times = ["from", "to"].map { request.uri.queryParameters[Substring($0)].flatMap { UInt32($0) } }
        guard let start = times[0], let end = times[1], start <= end else {
            throw HTTPError(.badRequest, message: "expected from=SECONDS and to=SECONDS since 1970, from not after to")
        }
        let (from, to) = (Date(timeIntervalSince1970: Double(start)), Date(timeIntervalSince1970: Double(end)))
        return try await answer { () async throws(HistoryError) in try await engine.page(of: subject, from: from, to: to) }
    }

    private func subject(of request: Request) throws -> HistorySubject {
        let query = request.uri.queryParameters
        guard let scale = query["scale"].map({ HistoryScale(rawValue: String($0)) }) ?? .measurement else {
            throw HTTPError(.badRequest, message: "expected as scale " + HistoryScale.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let kind = query["kind"].map({ HistorySubject.Kind(rawValue: String($0)) }) ?? .device else {
            throw HTTPError(.badRequest, message: "expected as kind device or room")
        }
        guard let subject = HistorySubject(kind, query: query)?.at(scale) else {
            let room = kind == .room ? ", beside kind=room the ids of a home and of its room" : ""
            throw HTTPError(
                .badRequest, message: "expected device=ID, module=ID for a module, and measures=KEY,KEY of /api/status\(room)")
        }
        return subject
    }

    private func answer(_ history: () async throws(HistoryError) -> MeasureHistory) async throws -> Response {
        let reply: HistoryReply
        do throws(HistoryError) {
            reply = .history(try await history())
        } catch .unknownDevice {
            throw HTTPError(.notFound, message: "no such device or module; \(ControlPath.status.rawValue) has those that there are")
        } catch {
            reply = .failed(error)
        }
        return try Self.answer(reply)
    }

    private func note(_ action: String, by peer: PeerCredentials) {
        logger.info("control \(action) by \(peer)")
    }

    private static func answer(_ value: some Encodable) throws -> Response {
        let text = try JSONEncoder.complete().encode(value)
        return .body(.ok, contentType: json, ResponseBody(byteBuffer: ByteBuffer(bytes: text + [UInt8(ascii: "\n")])))
    }
}

extension HistorySubject {
    /// The subject that a query names; `nil` where it names none.
    fileprivate init?(_ kind: Kind, query: Parameters) {
        func value(_ name: Substring) -> String? {
            query[name].map(String.init).flatMap { $0.isEmpty || $0.utf8.count > 1000 ? nil : $0 }
        }
        guard let device = value("device"), let keys = value("measures") else { return nil }
        // One that is too long is not the base station, and a home is no room.
        guard value("module") != nil || kind == .device && (query["module"] ?? "").isEmpty else { return nil }
        let measures = keys.split(separator: ",").map { Measure(jsonKey: String($0)) }
        guard !measures.isEmpty, measures.count <= Measure.allCases.count, measures.allSatisfy({ $0 != nil }) else { return nil }
        self.init(kind, deviceID: device, moduleID: value("module"), measures: measures.compactMap(\.self))
    }
}
