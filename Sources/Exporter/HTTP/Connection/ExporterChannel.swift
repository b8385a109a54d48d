import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What a connection goes through: the HTTP codec with its limits, the guard, the short way for scrapes, and Hummingbird for
/// the rest.
struct ExporterChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let scrapes: ScrapeResponder
    let limit: ConnectionLimit
    let requestLog: Logger

    /// The largest header of a request in all, in bytes; browsers send some hundred, with cookies of other ports some thousand.
    private static let longestHeader = 16 << 10

    /// A server of such connections.
    ///
    /// - Parameters:
    ///   - scrapes: Answers scrapes.
    ///   - log: Gets a line a scrape at level debug.
    ///   - limits: What a client may take.
    static func server(
        scrapes: ScrapeResponder, log: Logger, limits: ConnectionLimits = ConnectionLimits()
    ) -> HTTPServerBuilder {
        let limit = ConnectionLimit(limits)
        return HTTPServerBuilder { responder in
            ExporterChannel(responder: responder, scrapes: scrapes, limit: limit, requestLog: log)
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let isAdmitted = limit.admit(channel)
        return channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.longestHeader
            limits.maxHeaderListSize = Self.longestHeader
            limits.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            let reads = ReadObserver()
            try pipeline.addHandler(reads)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits
            )
            try pipeline.addHandlers([
                ConnectionGuard(reads: reads, limits: limit.limits), ScrapeHandler(responder: scrapes, log: requestLog),
                RelayMarker(),
                HTTP1ToHTTPServerCodec(secure: false),
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
