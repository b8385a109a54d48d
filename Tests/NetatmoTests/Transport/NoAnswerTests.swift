import AsyncHTTPClient
import NIOCore
import Testing

@testable import Homes
@testable import Netatmo

@Suite("Requests that get no answer")
struct NoAnswerTests {
    private struct UnknownError: Error, CustomStringConvertible {
        let description = "client_secret=Hush"
    }

    private func taken(_ failure: ExchangeFailure, wasSent: Bool = false) -> NetatmoError {
        NetatmoError(failure, wasSent: wasSent)
    }

    @Test(
        "An error of the HTTP client is told as no connection, none in time, or no answer in time",
        arguments: [
            (HTTPClientError.connectTimeout, NetatmoError.Kind.connectTimeout, "Connect timeout"), (.readTimeout, .timeout, "Read timeout"),
            (.writeTimeout, .timeout, "Write timeout"), (.deadlineExceeded, .timeout, "Deadline exceeded"),
            (.tlsHandshakeTimeout, .connectTimeout, "TLS handshake timeout"),
            (.getConnectionFromPoolTimeout, .timeout, "Get connection from pool timeout"),
            (.remoteConnectionClosed, .network, "Remote connection closed"), (.cancelled, .network, "Cancelled"),
            (.uncleanShutdown, .network, "Unclean shutdown"), (.alreadyShutdown, .network, "Already shutdown"),
            (.invalidURL, .network, "Invalid URL"), (.emptyHost, .network, "Empty host"),
            (.unsupportedScheme("Hush"), .network, "Unsupported scheme"),
            (.invalidHeaderFieldNames(["Hush"]), .network, "Invalid header field names"),
            (.invalidHeaderFieldValues(["Bearer Hush"]), .network, "Invalid header field values"),
            (.serverOfferedUnsupportedApplicationProtocol("Hush"), .network, "Server offered unsupported application protocol"),
        ]
    )
    func clientError(error: HTTPClientError, kind: NetatmoError.Kind, message: String) {
        #expect(taken(.beforeAnswer(error)) == NetatmoError(kind, message: message))
        #expect(taken(.beforeAnswer(error), wasSent: true).mayHaveBeenCarriedOut)
    }

    @Test(
        "An error of the operating system is told in its words, without the reason that came with it",
        arguments: [
            (Int32(111), "Connection refused"), (104, "Connection reset by peer"), (101, "Network is unreachable"),
            (113, "No route to host"), (24, "Too many open files"), (32, "Broken pipe"),
        ]
    )
    func systemError(code: Int32, message: String) {
        let error = IOError(errnoCode: code, reason: "Hush")
        #expect(taken(.beforeAnswer(error)) == NetatmoError(.network, message: message))
        #expect(taken(.insideAnswer(error), wasSent: true) == NetatmoError(.truncated, message: message, mayHaveBeenCarriedOut: true))
    }

    @Test("Where the system itself runs out of patience, it depends on what it waited for")
    func systemTimeout() {
        let error = IOError(errnoCode: 110, reason: "Hush")
        #expect(taken(.beforeAnswer(error)) == NetatmoError(.connectTimeout, message: "Connection timed out"))
        let sent = NetatmoError(.timeout, message: "Connection timed out", mayHaveBeenCarriedOut: true)
        #expect(taken(.beforeAnswer(error), wasSent: true) == sent)
    }

    @Test("A time-out inside an answer is one, not an answer that was cut off")
    func slowBody() {
        #expect(taken(.insideAnswer(HTTPClientError.readTimeout)).kind == .timeout)
        #expect(taken(.insideAnswer(HTTPClientError.remoteConnectionClosed)).kind == .truncated)
    }

    @Test("A request that was cancelled says so")
    func cancelled() {
        #expect(taken(.beforeAnswer(CancellationError())) == NetatmoError(.network, message: "cancelled"))
        #expect(taken(.insideAnswer(CancellationError())) == NetatmoError(.network, message: "cancelled"))
    }

    @Test("Of an error that is not known only the type is told, never its text")
    func unknown() {
        #expect(taken(.beforeAnswer(UnknownError())) == NetatmoError(.network, message: "UnknownError"))
        #expect(taken(.beforeAnswer(ChannelError.eof)) == NetatmoError(.network, message: "ChannelError"))
        #expect(taken(.insideAnswer(UnknownError())) == NetatmoError(.truncated, message: "UnknownError"))
    }

    @Test("The client neither follows redirects nor connects again by itself")
    func configuration() {
        let configuration = OutboundNetwork().clientConfiguration
        #expect("\(configuration.redirectConfiguration)".contains("disallow"))
        #expect(configuration.connectionPool.retryConnectionEstablishment == false)
        #expect(configuration.timeout.connect == .seconds(10))
        #expect(configuration.timeout.read == .seconds(30))
    }
}
