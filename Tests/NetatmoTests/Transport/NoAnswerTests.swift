import AsyncHTTPClient
import NIOCore
import Testing

@testable import Netatmo

@Suite("Requests that get no answer")
struct NoAnswerTests {
    private struct UnknownError: Error, CustomStringConvertible {
        let description = "client_secret=Hush"
    }

    @Test(
        "An error of the HTTP client is told as no answer in time or as no connection",
        arguments: [
            (HTTPClientError.connectTimeout, NetatmoError.Kind.timeout, "Connect timeout"), (.readTimeout, .timeout, "Read timeout"),
            (.writeTimeout, .timeout, "Write timeout"), (.deadlineExceeded, .timeout, "Deadline exceeded"),
            (.tlsHandshakeTimeout, .timeout, "TLS handshake timeout"),
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
        #expect(NetatmoError(noAnswer: error) == NetatmoError(kind, message: message))
    }

    @Test(
        "An error of the operating system is told in its words, without the reason that came with it",
        arguments: [
            (Int32(111), "Connection refused"), (110, "Connection timed out"), (104, "Connection reset by peer"),
            (101, "Network is unreachable"),
            (113, "No route to host"), (24, "Too many open files"), (32, "Broken pipe"),
        ]
    )
    func systemError(code: Int32, message: String) {
        #expect(NetatmoError(noAnswer: IOError(errnoCode: code, reason: "Hush")) == NetatmoError(.network, message: message))
    }

    @Test("An answer that is too large is an unusable one")
    func tooLarge() {
        let error = NetatmoError(noAnswer: NIOTooManyBytesError(maxBytes: 16 << 20))
        #expect(error == NetatmoError(.invalidAnswer, message: "more than 16 MiB"))
    }

    @Test("A request that was cancelled says so")
    func cancelled() {
        #expect(NetatmoError(noAnswer: CancellationError()) == NetatmoError(.network, message: "cancelled"))
    }

    @Test("Of an error that is not known only the type is told, never its text")
    func unknown() {
        let error = NetatmoError(noAnswer: UnknownError())
        #expect(error == NetatmoError(.network, message: "UnknownError"))
        #expect(NetatmoError(noAnswer: ChannelError.eof) == NetatmoError(.network, message: "ChannelError"))
    }

    @Test("The client neither follows redirects nor connects again by itself")
    func configuration() {
        let configuration = HTTPTransport.clientConfiguration
        #expect("\(configuration.redirectConfiguration)".contains("disallow"))
        #expect(configuration.connectionPool.retryConnectionEstablishment == false)
        #expect(configuration.timeout.connect == .seconds(10))
        #expect(configuration.timeout.read == .seconds(30))
    }
}
