package import Engine
import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import OperatingSystem

/// The HTTP server. It stops gracefully: requests under way are answered, but after 5 s their connections are closed.
struct ExporterServer: Service {
    let router: ExporterRouter
    let address: ListenAddress
    /// A socket that listens there already; `nil` where one is to be made.
    var inherited: Int32?
    let logger: Logger
    let connections: ConnectionLimit
    /// Who may ask; `nil` for everybody, by plain HTTP.
    var access: ConnectionAccess?
    /// Called with the port once the server answers.
    let onRunning: @Sendable (Int) async -> Void

    /// How long requests under way may take when the program stops.
    private static let gracePeriod = Duration.seconds(5)

    func run() async throws {
        let places = places
        for (index, place) in places.enumerated() {
            do {
                return try await run(at: place)
            } catch let error where index < places.count - 1 && Self.isWithoutIPv6(error) {
                continue
            } catch let error as IOError {
                throw ExporterServerError(address: address, reason: systemMessage(error.errnoCode))
            } catch let error as SocketAddressError.UnknownHost {
                throw ExporterServerError(address: address, reason: error.errorDescription)
            } catch let error as SocketAddressError {
                throw ExporterServerError(address: address, reason: "\(error)")
            }
        }
    }

    private var places: [ListeningPlace] {
        if let inherited { return [.inherited(descriptor: inherited)] }
        let hosts = address.host.map { [$0] } ?? ["::", "0.0.0.0"]
        return hosts.map { .address(.hostname($0, port: address.port)) }
    }

    /// A machine without IPv6 still has IPv4. Where no interface but loopback has an IPv6 address, the system knows no `::`.
    private static func isWithoutIPv6(_ error: any Error) -> Bool {
        error is SocketAddressError.UnknownHost || (error as? IOError)?.errnoCode == EAFNOSUPPORT
    }

    private func run(at place: ListeningPlace) async throws {
        let server = server(at: place)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: Self.gracePeriod)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Hummingbird's server without its `Application`, which wakes up each second to write the date anew.
    private func server(at place: ListeningPlace) -> any Service {
        let responder = router.buildResponder()
        // Those that are too many are closed at once. Where even that takes too long, no more are accepted.
        let mostOpen = connections.limits.connectionsInAll + ConnectionLimits.connectionsToRefuse
        let channel = ExporterChannel(
            responder: { [quiet, clock = router.clock] request, writer, channel in
                let context = ExporterRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: quiet))
                var response = try await responder.respond(to: request, context: context)
                response.headers[.date] = LocalTime.httpDate(clock.now)
                try await writer.write(response: response.head, body: response.body)
            },
            scrapes: router.scrapes, limit: connections, requestLog: logger, access: access)
        return channel.server(at: place, mostOpen: mostOpen, logger: quiet) { listener in
            await ExporterChannel.setup(listener: listener)
            await onRunning(listener.localAddress?.port ?? address.port)
        }
    }

    /// Hummingbird tells at level info what our own history tells in the user's words.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

/// The exporter can't listen on its address.
package struct ExporterServerError: Error, Sendable, CustomStringConvertible {
    package let address: ListenAddress
    /// The system's words for why.
    package let reason: String

    package var description: String {
        "can't listen on \(address): \(reason); give another address with --addr"
    }
}
