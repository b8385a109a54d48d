import AsyncHTTPClient
import Exporter
import FoundationEssentials
import Glibc
import Logging
import Netatmo

/// Brings an exporter up to where its services can run: the token file locked and read, the connection to NetAtmo ready.
struct RunningExporter {
    let settings: Settings
    let logger: Logger
    var clock: any WallClock = SystemWallClock()
    /// Gets an address to sign in with whenever there is no token; `nil` where a screen shows one.
    var announceSignIn: (@Sendable (Secret) -> Void)?

    /// Runs `body` with the engine; afterwards the lock is released.
    ///
    /// - Throws: `TokenFileError` where the token file can't be used, or what `body` throws.
    func run(_ body: (ExporterEngine) async throws -> Void) async throws {
        if settings.usesDefaultTokenFile { try createDirectory(of: settings.tokenFile) }
        let file = TokenFile(path: settings.tokenFile, system: LocalFileSystem())
        let (lock, refusal) = try lock(file)
        defer { lock?.release() }
        try await HTTPClient.withHTTPClient(configuration: HTTPTransport.clientConfiguration) { client in
            let transport = HTTPTransport(baseURL: settings.exporter.apiURL, client: client)
            let engine = ExporterEngine(
                configuration: settings.exporter, storage: file, transport: transport, clock: clock, logger: logger,
                announceSignIn: announceSignIn
            )
            if let refusal { engine.noteUnlockedTokenFile(refusal) }
            try await engine.loadToken()
            try await body(engine)
        }
    }

    /// The lock, or why there is none to be had: on some file systems there are no locks, which is no reason not to work.
    private func lock(_ file: TokenFile<LocalFileSystem>) throws(TokenFileError) -> (FileLock?, TokenFileError?) {
        do throws(TokenFileError) {
            return (try file.lock(for: LockHolder(processID: getpid(), address: settings.exporter.address.description)), nil)
        } catch {
            guard case .noLocks = error.cause else { throw error }
            return (nil, error)
        }
    }

    private func createDirectory(of path: String) throws(TokenFileError) {
        do throws(FileError) {
            try createDirectories(above: path)
        } catch {
            throw TokenFileError(path: path, cause: .system(error))
        }
    }
}
