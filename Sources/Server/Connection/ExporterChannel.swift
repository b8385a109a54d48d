import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What a connection goes through: TLS where it is served, the gate, the HTTP codec with its limits, the guard, the users' passwords where
/// there are any, the short way for scrapes, and Hummingbird for the rest.
struct ExporterChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let scrapes: ScrapeResponder
    let limit: ConnectionLimit
    /// Gets a line a scrape at level debug.
    let requestLog: Logger
    /// `nil` where everybody may ask, by plain HTTP.
    let access: ConnectionAccess?

    /// The largest header of a request in all, in bytes; browsers send some hundred, with cookies of other ports some thousand.
    private static let longestHeader = 16 << 10

    /// How much is read at once, in bytes. Of what a client sends ahead, no more is kept.
    private static let readLength = 4 << 10
    /// How much the system keeps for a connection that is not read from, in bytes. At the end of input NIO takes it all.
    private static let receiveBufferLength = 32 << 10

    /// Sets up the socket that listens, once it does: what it passes on to its connections, and what Hummingbird does not do.
    static func setup(listener: any Channel) async {
        try? await listener.eventLoop.submit {
            try listener.pipeline.syncOperations.addHandler(AcceptPause(), position: .first)
            try listener.syncOptions?.setOption(.socketOption(.so_rcvbuf), value: receiveBufferLength)
        }.get()
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let isAdmitted = limit.admit(channel)
        return channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.longestHeader
            limits.maxHeaderListSize = Self.longestHeader
            limits.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            try channel.syncOptions?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.readLength))
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
            let gate = RequestGate(limit: limit)
            if isAdmitted, let access { try pipeline.addHandlers(access.transport) }
            try pipeline.addHandler(gate)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits
            )
            try pipeline.addHandler(ConnectionGuard(gate: gate, limits: limit.limits))
            if let access { try pipeline.addHandler(access.gate(client: ConnectionLimit.client(channel.remoteAddress))) }
            try pipeline.addHandlers([
                ScrapeHandler(responder: scrapes, log: requestLog), RelayMarker(),
                HTTP1ToHTTPServerCodec(secure: access?.servesTLS ?? false),
            ])
            let value = try Value(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
            if !isAdmitted { channel.close(promise: nil) }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
