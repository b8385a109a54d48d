package import Engine
package import EngineAPI
import Synchronization
package import OperatingSystem

/// A token file in memory, which fails when it is told to and remembers what was written.
package final class MemoryTokenStorage: TokenStorage {
    private struct State {
        var attributes: TokenAttributes?
        var writes: [Token] = []
        var attempts = 0
        var version: UInt64 = 0
        var modified: Int64 = 0
        var previous: TokenAttributes?
        var readError: TokenFileError?
        var writeError: TokenFileError?
        var duringWrite: (@Sendable () -> Void)?
        var proofs = 0
        var proofError: TokenFileError?
        var proof = WriteProof(way: .asWhole)
    }

    private let state: Mutex<State>
    private let unfinished: TokenAttributes?
    private let journal: Journal?

    /// - Parameters:
    ///   - attributes: What the file holds; `nil` where there is none.
    ///   - unfinished: What a write left behind that was cut off.
    ///   - previous: What is kept beside it.
    ///   - journal: Gets `write` for each write that succeeds.
    package init(
        _ attributes: TokenAttributes? = nil, unfinished: TokenAttributes? = nil, previous: TokenAttributes? = nil, journal: Journal? = nil
    ) {
        self.unfinished = unfinished
        state = Mutex(State(attributes: attributes, previous: previous))
        self.journal = journal
    }

    /// A file with that JSON.
    package convenience init(json: String, journal: Journal? = nil) throws {
        self.init(try TokenAttributes(json: Array(json.utf8)), journal: journal)
    }

    /// The error that a full disk gives.
    package static let diskIsFull = TokenFileError(path: "/token.json", cause: .system(FileError(operation: "write", code: 28)))

    /// What the file holds.
    package var attributes: TokenAttributes? { state.withLock { $0.attributes } }

    /// What is kept beside it.
    package var previous: TokenAttributes? { state.withLock { $0.previous } }

    /// The tokens that were written, the oldest first.
    package var writes: [Token] { state.withLock { $0.writes } }

    /// How often a write was tried, with success or without.
    package var writeAttempts: Int { state.withLock { $0.attempts } }

    /// Sets when it last changed, in seconds since 1970.
    package func setModified(_ seconds: Int64) {
        state.withLock { $0.modified = seconds * 1_000_000_000 }
    }

    /// Lets reads fail, or succeed again.
    package func failReads(with error: TokenFileError?) {
        state.withLock { $0.readError = error }
    }

    /// Lets writes fail, or succeed again.
    package func failWrites(with error: TokenFileError?) {
        state.withLock { $0.writeError = error }
    }

    /// Lets something happen while the next write goes on, as on a disk that holds it up.
    package func duringNextWrite(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.duringWrite = body }
    }

    /// Lets writes and the proof of one fail, as from the start on, or succeed again.
    package func block(with error: TokenFileError?) {
        state.withLock { ($0.writeError, $0.proofError) = (error, error) }
    }

    /// Lets the proof and all writes go that way.
    package func prove(by proof: WriteProof) {
        state.withLock { $0.proof = proof }
    }

    /// How often a write was proven, with success or without.
    package var proofs: Int { state.withLock { $0.proofs } }

    /// Replaces what the file holds, as a user does by hand; `nil` removes it.
    package func replace(by attributes: TokenAttributes?) {
        state.withLock { state in
            state.attributes = attributes
            state.version += 1
        }
    }

    /// Nothing to be told; see `TokenStorage`.
    package func placeWarnings() -> [TokenPlaceWarning] { [] }

    /// What a write left behind; see `TokenStorage`.
    package func readUnfinished() -> TokenAttributes? { unfinished }

    /// Stores what a write left behind; see `TokenStorage`.
    package func finish() throws(TokenFileError) -> WriteWay {
        let error = state.withLock { state -> TokenFileError? in
            guard state.writeError == nil else { return state.writeError }
            state.attributes = unfinished
            state.version += 1
            return nil
        }
        if let error { throw error }
        return .asWhole
    }

    /// What is kept beside the file; see `TokenStorage`.
    package func readPrevious(besides known: Secret) -> TokenAttributes? {
        previous.flatMap { $0.refreshToken == known ? nil : $0 }
    }

    /// Keeps something beside the file; see `TokenStorage`.
    package func keepPrevious(_ attributes: TokenAttributes) throws(TokenFileError) {
        let error = state.withLock { state -> TokenFileError? in
            if state.writeError == nil { state.previous = attributes }
            return state.writeError
        }
        if let error { throw error }
    }

    /// Keeps it no longer; see `TokenStorage`.
    package func forgetPrevious() {
        state.withLock { $0.previous = nil }
    }

    /// Which version there is; see `TokenStorage`.
    package func version() throws(TokenFileError) -> FileVersion? {
        let (version, error) = state.withLock { state in
            let version = FileVersion(device: 1, inode: state.version, size: 1, modified: state.modified)
            return (state.attributes == nil ? nil : version, state.readError)
        }
        if let error { throw error }
        return version
    }

    /// Reads what there is; see `TokenStorage`.
    package func read() throws(TokenFileError) -> TokenAttributes? {
        let (attributes, error) = state.withLock { ($0.attributes, $0.readError) }
        if let error { throw error }
        return attributes
    }

    /// Writes a token; see `TokenStorage`.
    package func write(_ token: Token) throws(TokenFileError) -> WriteWay {
        let body = state.withLock { state in
            defer { state.duringWrite = nil }
            return state.duringWrite
        }
        body?()
        let error = state.withLock { state -> TokenFileError? in
            state.attempts += 1
            guard state.writeError == nil else { return state.writeError }
            state.writes.append(token)
            state.version += 1
            state.attributes = TokenAttributes(token)
            return nil
        }
        if let error { throw error }
        journal?.note("write")
        return state.withLock { $0.proof.way }
    }

    /// Proves a write; see `TokenStorage`.
    package func prove() throws(TokenFileError) -> WriteProof {
        let (proof, error) = state.withLock { state in
            state.proofs += 1
            return (state.proof, state.proofError)
        }
        if let error { throw error }
        return proof
    }
}
