import AsyncHTTPClient
import Glibc
import Homes
import NIOCore
import NIOHTTP1
import NIOPosix
import OperatingSystem

/// Where an exchange with NetAtmo broke off, and by what.
enum ExchangeFailure: Error {
    /// There is no head of an answer.
    case beforeAnswer(any Error)
    /// The head of an answer came, and not the whole body.
    case insideAnswer(any Error)
    /// The whole took longer than that.
    case tooSlow(Duration)
}

extension NetatmoError {
    /// A failed exchange in our terms. Only texts that can't hold a secret are taken over.
    ///
    /// - Parameter wasSent: Whether the request began to leave: then it is unknown what became of it.
    init(_ failure: ExchangeFailure, wasSent: Bool) {
        switch failure {
        case .beforeAnswer(let error):
            self.init(Self.kind(ofNoAnswer: error, wasSent: wasSent), message: Self.text(error), mayHaveBeenCarriedOut: wasSent)
        case .insideAnswer(let error):
            self.init(Self.kind(ofPartialAnswer: error), message: Self.text(error), mayHaveBeenCarriedOut: wasSent)
        case .tooSlow(let limit):
            self.init(.timeout, message: "not complete after \(Self.seconds(limit)) s", mayHaveBeenCarriedOut: wasSent)
        }
    }

    private static func kind(ofNoAnswer error: any Error, wasSent: Bool) -> Kind {
        switch error {
        case let error as HTTPClientError where connectTimeouts.contains(error): .connectTimeout
        case let error as HTTPClientError where timeouts.contains(error): .timeout
        case let error as IOError where error.errnoCode == ETIMEDOUT: wasSent ? .timeout : .connectTimeout
        case HTTPParserError.invalidEOFState: .network
        case is HTTPParserError: .invalidAnswer
        case let error as NIOConnectionError where error.connectionErrors.contains { isTimeout($0.error) }: .connectTimeout
        case let error where TLSFailure(error)?.isOfCertificate == true: .certificate
        default: .network
        }
    }

    private static func kind(ofPartialAnswer error: any Error) -> Kind {
        switch error {
        case let error as HTTPClientError where timeouts.contains(error): .timeout
        case let error as HTTPClientError where error == .cancelled: .network
        case is CancellationError: .network
        case is NIOTooManyBytesError: .tooLarge
        default: .truncated
        }
    }

    private static var connectTimeouts: [HTTPClientError] { [.connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout] }
    private static var timeouts: [HTTPClientError] { [.readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout] }

    private static func isTimeout(_ error: any Error) -> Bool {
        if case ChannelError.connectTimeout = error { return true }
        return (error as? IOError)?.errnoCode == ETIMEDOUT
    }

    private static func text(_ error: any Error) -> String? {
        if let failure = TLSFailure(error) { return failure.text }
        return switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: systemMessage(error.errnoCode)
        case let error as NIOConnectionError: reason(of: error)
        case is NIOTooManyBytesError: "more than \(HTTPTransport.bodyLimit >> 20) MiB"
        case HTTPParserError.invalidEOFState: "Remote connection closed"
        case is HTTPParserError: "not HTTP"
        case is CancellationError: "cancelled"
        default: "\(type(of: error))"
        }
    }

    private static func reason(of error: NIOConnectionError) -> String {
        if let failure = error.connectionErrors.first {
            return (failure.error as? IOError).map { systemMessage($0.errnoCode) } ?? "connection failed"
        }
        return error.dnsAError != nil || error.dnsAAAAError != nil ? "host \(error.host) not found" : "connection failed"
    }

    /// Whole seconds, or tenths where there are none.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
