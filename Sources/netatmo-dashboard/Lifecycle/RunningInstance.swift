import AsyncHTTPClient
import Engine
import EngineAPI
import EngineRemote
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import OperatingSystem

/// An exporter that may run already, asked for its status.
///
/// Whatever answers there need not be one of ours: the answer is bounded in time and size, and read with care.
struct RunningInstance {
    let address: ListenAddress
    /// How long the whole exchange may take.
    var limit = Duration.seconds(5)

    /// What it says.
    struct Status {
        let report: StatusReport
        /// The answer's body, as it came.
        let json: [UInt8]
    }

    /// Why what answers can't be asked.
    struct Failure: Error, CustomStringConvertible {
        let address: ListenAddress
        let reason: String

        /// One line for the user.
        var description: String { "\(address) does not answer as netatmo-dashboard does: \(reason)" }
    }

    /// More than 6,000 modules take.
    private static let bodyLimit = 32 << 20

    /// - Returns: `nil` where no process listens at the address.
    /// - Throws: ``Failure``
    func status() async throws(Failure) -> Status? {
        guard address.port > 0 else { return nil }
        let body: [UInt8]
        do {
            body = try await boundedExchange(limit: limit, orThrow: fail("no whole answer within \(limit.components.seconds) s")) {
                try await HTTPClient.withHTTPClient(configuration: .toEngine, exchange)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            if Self.isNobody(error) { return nil }
            throw fail((error as? HTTPClientError)?.shortDescription ?? "not HTTP")
        }
        do throws(StatusReportError) {
            return Status(report: try StatusReport(json: body), json: body)
        } catch {
            throw fail("\(error)")
        }
    }

    private func exchange(_ client: HTTPClient) async throws -> [UInt8] {
        // The bound around it is the one that ends it, and says so: a deadline of the client's own would come at the same moment.
        let response = try await client.execute(
            HTTPClientRequest(url: address.localURL(port: address.port) + ExporterPath.status.rawValue), deadline: .distantFuture)
        switch response.status {
        case .ok: break
        case .unauthorized: throw fail("it wants a user's password (--web-config): ask by its control socket, or with curl -u")
        case .badRequest:
            throw fail("HTTP 400 for /api/status; if it takes TLS alone (--web-config), ask by its control socket, or with curl")
        case let other: throw fail("HTTP \(other.code) for /api/status")
        }
        do {
            return Array(buffer: try await response.body.collect(upTo: Self.bodyLimit))
        } catch is NIOTooManyBytesError {
            throw fail("more than \(Self.bodyLimit >> 20) MiB")
        }
    }

    private func fail(_ reason: String) -> Failure {
        Failure(address: address, reason: reason)
    }

    private static func isNobody(_ error: any Error) -> Bool {
        switch error {
        case let error as IOError: error.errnoCode == ECONNREFUSED
        case let error as NIOConnectionError:
            !error.connectionErrors.isEmpty && error.connectionErrors.allSatisfy { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }
        default: false
        }
    }
}
