import AsyncHTTPClient
import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Logging
import NIOCore
import Netatmo
import Server
import OperatingSystem

/// Brings an exporter up to where its services can run: the token file locked and read, the connection to NetAtmo ready.
struct RunningExporter {
    let settings: Settings
    let logger: Logger
    var clock: any WallClock = SystemWallClock()
    /// Its control socket, which the lock names; `nil` where it has none.
    var control: ControlOffer?
    /// Gets an address to sign in with whenever there is no token; `nil` where a screen shows one.
    var announceSignIn: (@Sendable (Secret) -> Void)?

    /// Runs `body` with the engine; afterwards the lock is released.
    ///
    /// - Returns: What came of it: what `body` gave or threw, `TooFewOpenFiles`, or `TokenFileError` where the token file can't be used.
    func run<Value: Sendable>(_ body: (ExporterEngine) async throws -> Value) async -> ExporterEnd<Value> {
        do {
            return try await start(body)
        } catch {
            return ExporterEnd(result: .failure(error), unsaved: nil)
        }
    }

    private func start<Value: Sendable>(_ body: (ExporterEngine) async throws -> Value) async throws -> ExporterEnd<Value> {
        try OpenFiles.raiseLimit(eventLoops: NIOSingletons.groupLoopCountSuggestion)
        let file = TokenFile(path: settings.tokenFile, system: LocalFileSystem())
        try createDirectory(of: file)
        let (lock, refusal) = try lock(file)
        defer { lock?.release() }
        return try await HTTPClient.withHTTPClient(configuration: settings.network.clientConfiguration) { client in
            if let proxy = settings.network.proxy { logger.info("api requests go through the proxy \(proxy)") }
            let transport = HTTPTransport(baseURL: settings.exporter.apiURL, client: client, network: settings.network)
            let engine = ExporterEngine(
                configuration: settings.exporter, storage: file, transport: transport,
                memory: MemoryStorages(beside: settings.tokenFile, system: LocalFileSystem()), clock: clock, logger: logger,
                announceSignIn: announceSignIn
            )
            for warning in settings.warnings { engine.noteDoubtfulSetting(warning.description) }
            if let refusal { engine.noteUnlockedTokenFile(refusal) }
            try await engine.loadToken()
            let result = await Self.result { try await body(engine) }
            guard case .failed(let cause, _) = engine.store.snapshot.token.saving else { return ExporterEnd(result: result, unsaved: nil) }
            return ExporterEnd(result: result, unsaved: UnsavedToken(cause: cause))
        }
    }

    private static func result<Value: Sendable>(of body: () async throws -> Value) async -> Result<Value, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private var holder: LockHolder {
        LockHolder(processID: getpid(), address: settings.exporter.address.description, socket: control?.place.socket)
    }

    /// The lock, or why there is none to be had: on some file systems there are no locks, which is no reason not to work.
    private func lock(_ file: TokenFile<LocalFileSystem>) throws(TokenFileError) -> (FileLock?, TokenFileError?) {
        do throws(TokenFileError) {
            return (try file.lock(for: holder), nil)
        } catch {
            guard case .noLocks = error.cause else { throw error }
            return (nil, error)
        }
    }

    /// The default one with all above it; elsewhere the one that the file is to be in, so that a slip of the hand makes no tree.
    private func createDirectory(of file: TokenFile<LocalFileSystem>) throws(TokenFileError) {
        let directory = try file.directory()
        do throws(FileError) {
            if settings.usesDefaultTokenFile { try createDirectories(above: settings.tokenFile) }
            try makeDirectory(directory)
        } catch {
            throw TokenFileError(path: settings.tokenFile, cause: .system(error))
        }
    }
}
