package import AsyncHTTPClient
import NIOCore

extension HTTPClient.Configuration {
    /// For an engine, most often one of this machine: it answers soon or is not there, and sends nobody elsewhere.
    package static var toEngine: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(2))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }
}
