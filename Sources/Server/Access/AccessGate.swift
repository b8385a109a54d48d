import Logging
import NIOCore
import NIOHTTP1
import WebSecurity

/// Lets the requests of users pass, where the web configuration has users, and refuses all others.
///
/// It stands behind the guard, which lets one request through after the other: while one is judged, none follows.
final class AccessGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What becomes of the request under way.
    private enum Phase {
        case passing
        /// Its parts wait for the verdict.
        case judged(parts: [HTTPServerRequestPart])
        /// It is refused once it has come to its end.
        case refused(AccessFault, HTTPRequestHead)
    }

    private let passwords: PasswordDesk
    /// Whom the queue counts its passwords for.
    private let client: String
    private let refusals: AccessRefusals
    private var phase = Phase.passing
    /// The field of a request that passed, and which users there were: a client sends the same each time.
    private var passed: (field: String, edition: Int)?
    private var context: ChannelHandlerContext?

    init(passwords: PasswordDesk, client: String, refusals: AccessRefusals) {
        self.passwords = passwords
        self.client = client
        self.refusals = refusals
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .head(let head) = part { receive(head, context) }
        switch phase {
        case .passing: context.fireChannelRead(wrapInboundOut(withoutPassword(part)))
        case .judged(let parts): phase = .judged(parts: parts + [part])
        case .refused(let fault, let head): if case .end = part { refuse(fault, head, context) }
        }
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let fields = head.headers["Authorization"]
        let edition = passwords.editionOfUsers
        phase = .passing
        if let passed, passed.edition == edition, fields.count == 1, fields[0].isSameInConstantTime(as: passed.field) { return }
        guard passwords.isAsking else { return }
        guard fields.count == 1, let credentials = BasicCredentials(fields[0]) else {
            phase = .refused(fields.isEmpty ? .noPassword : .wrongPassword, head)
            return
        }
        if passwords.knows(credentials) {
            passed = (fields[0], edition)
            return
        }
        phase = .judged(parts: [])
        let verdict = context.eventLoop.makePromise(of: PasswordDesk.Verdict.self)
        verdict.futureResult.assumeIsolated().whenSuccess { self.conclude($0, head) }
        passwords.judge(credentials, of: client) { verdict.succeed($0) }
    }

    private func conclude(_ verdict: PasswordDesk.Verdict, _ head: HTTPRequestHead) {
        guard case .judged(let parts) = phase, let context else { return }
        let fault: AccessFault? =
            switch verdict {
            case .right: nil
            case .wrong: .wrongPassword
            case .busy: .busy
            }
        guard let fault else {
            phase = .passing
            for part in parts { context.fireChannelRead(wrapInboundOut(withoutPassword(part))) }
            context.fireChannelReadComplete()
            return
        }
        phase = .refused(fault, head)
        if case .end? = parts.last { refuse(fault, head, context) }
    }

    /// A password that was asked for goes no further. Behind this gate the field would count as a proxy's.
    private func withoutPassword(_ part: HTTPServerRequestPart) -> HTTPServerRequestPart {
        guard case .head(var head) = part, passwords.isAsking else { return part }
        head.headers.remove(name: "Authorization")
        return .head(head)
    }

    private func refuse(_ fault: AccessFault, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        phase = .passing
        refusals.record(fault, head, from: context.remoteAddress?.ipAddress)
        let body = ByteBuffer(string: fault.line + "\n")
        let fields =
            PageHeaders.unkept.map { ($0.name, $0.value) } + fault.fields
            + [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "\(body.readableBytes)")]
        let answer = HTTPResponseHead(version: .http1_1, status: fault.status, headers: HTTPHeaders(fields))
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if head.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
