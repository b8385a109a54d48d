import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Answers each request `{}` by TLS on a free port of this machine.
struct TLSServer {
    let port: UInt16
    private let channel: any Channel
    private let served = Count()

    /// How many requests came.
    var requests: Int { served.value.withLock { $0 } }

    /// - Parameters:
    ///   - certificate: In the form PEM.
    ///   - key: The certificate's.
    ///   - versions: The TLS versions that it speaks.
    init(certificate: String, key: String, versions: ClosedRange<Version> = .oldest ... .newest) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        )
        configuration.minimumTLSVersion = versions.lowerBound.version
        configuration.maximumTLSVersion = versions.upperBound.version
        let context = try NIOSSLContext(configuration: configuration)
        let served = served
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.addHandler(Answer(served: served))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = UInt16(channel.localAddress?.port ?? 0)
    }

    func close() async throws {
        try await channel.close()
    }

    /// A version of TLS, in order.
    enum Version: Int, Comparable {
        case oldest, v11, v12, newest

        static func < (one: Version, other: Version) -> Bool { one.rawValue < other.rawValue }

        fileprivate var version: TLSVersion {
            switch self {
            case .oldest: .tlsv1
            case .v11: .tlsv11
            case .v12: .tlsv12
            case .newest: .tlsv13
            }
        }
    }

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let served: Count

        init(served: Count) {
            self.served = served
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            // The requests of these tests are forms, and end on a value.
            guard !String(buffer: unwrapInboundIn(data)).hasSuffix("\r\n\r\n") else { return }
            served.value.withLock { $0 += 1 }
            let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            context.writeAndFlush(NIOAny(answer), promise: nil)
        }
    }
}
