import ArgumentParser
import Engine
import EngineAPI
import EngineRemote
import OperatingSystem

/// Where a front end looks for an engine that runs already. The first that is found is shown:
///
/// | place | looked at |
/// | --- | --- |
/// | ``Place/given`` | where `--socket` says so, and then nowhere else |
/// | ``Place/lockHolder`` | always: the engine that holds the lock of the token file that would be used |
/// | ``Place/own`` | where nothing is configured: where the user's own engine puts its socket |
/// | ``Place/service`` | where nothing is configured: the packaged service's |
struct EngineSearch {
    enum Place: Sendable, Hashable {
        case given(UnixSocket)
        case lockHolder(tokenFile: String)
        case own(UnixSocket)
        case service
    }

    let places: [Place]
    /// The socket that is named, where one is.
    let given: UnixSocket?
    /// Whose sockets are trusted.
    let ownership: SocketOwnership

    /// - Parameters:
    ///   - tokenFile: The one that would be used.
    ///   - isConfigured: Whether an engine of its own could be started.
    init(_ sockets: ControlSockets, tokenFile: String?, isConfigured: Bool) {
        ownership = SocketOwnership(tokenFile: tokenFile)
        given = sockets.given
        if let given = sockets.given {
            places = [.given(given)]
        } else {
            places =
                (tokenFile.map { [.lockHolder(tokenFile: $0)] } ?? [])
                + (isConfigured ? [] : sockets.defaults.map { .own($0) } + [.service])
        }
    }

    /// The socket of the first engine; `nil` where none runs.
    ///
    /// - Throws: `EngineConnectionError` where the one that is given may not be opened, or is another user's, and where that of the lock's
    ///   holder is gone.
    func find() throws(EngineConnectionError) -> UnixSocket? {
        for place in places {
            guard let socket = try socket(of: place) else { continue }
            switch socket.presence() {
            case .alive:
                try ownership.check(socket)
                return socket
            case .forbidden:
                // After `su` a default place is in directories of another user, where no engine of this one can be.
                if case .own = place { continue }
                // What is no socket, or another user's, is said to be that.
                try ownership.check(socket)
                throw .notAllowed(socket)
            case .absent, .dead, .unknown: continue
            }
        }
        return nil
    }

    private func socket(of place: Place) throws(EngineConnectionError) -> UnixSocket? {
        switch place {
        case .given(let socket), .own(let socket): socket
        case .service: ControlSockets.ofService
        case .lockHolder(let tokenFile): try Self.socket(ofLockHolder: tokenFile)
        }
    }

    /// What the lock file says may be of an engine that is gone, whose socket another one has taken: the kernel knows who listens, and who
    /// holds the lock.
    private static func socket(ofLockHolder tokenFile: String) throws(EngineConnectionError) -> UnixSocket? {
        guard let lock = try? TokenFile(path: tokenFile, system: LocalFileSystem()).lockPath(),
            let holder = FileLock.lastHolder(inLockFile: lock), let socket = holder.socket
        else { return nil }
        if socket.listener() == holder.processID { return socket }
        guard FileLock.isHeld(lockFile: lock, by: holder.processID) else { return nil }
        if socket.presence() == .forbidden { throw .notAllowed(socket) }
        throw .socketGone(path: socket.path, processID: holder.processID)
    }
}

extension EngineSearch: CustomStringConvertible {
    /// For a message: where it looks.
    var description: String {
        places.map { place in
            switch place {
            case .given(let socket), .own(let socket): socket.path
            case .service: ControlSockets.ofService.path
            case .lockHolder(let tokenFile): "the lock of \(tokenFile)"
            }
        }.joined(separator: ", ")
    }
}

extension EngineSearch {
    /// - Parameter settings: What an engine of its own would have, or what it lacks.
    init(
        _ options: ExporterOptions, from sources: SettingSources, settings: Result<Settings, ConfigurationError>
    ) throws(ConfigurationError) {
        let tokenFile = try? SettingReader(sources: sources).tokenFile(options.netatmo.tokenFile)
        let sockets = try ControlSockets(given: options.control.socket, from: sources, tokenFile: tokenFile)
        self.init(sockets, tokenFile: tokenFile, isConfigured: (try? settings.get()) != nil)
    }

    /// The same as ``find()``; where an engine is there that can't be shown, that is said.
    ///
    /// - Throws: `ExitCode`
    func found() throws(ExitCode) -> UnixSocket? {
        do throws(EngineConnectionError) {
            return try find()
        } catch {
            throw Failure.say("\(error)", code: 1)
        }
    }
}
