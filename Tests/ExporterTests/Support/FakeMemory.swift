import Synchronization

@testable import Engine
@testable import OperatingSystem

/// A memory over restarts that fails where a test wants it to.
final class FakeMemory: MemoryStorage {
    let name = "token.json.history"
    private let state: Mutex<(bytes: [UInt8]?, failure: FileError?, writes: Int, reads: Int)>

    init(_ text: String? = nil) {
        state = Mutex((text.map { Array($0.utf8) }, nil, 0, 0))
    }

    /// How often something was written, or was tried to be.
    var writes: Int { state.withLock { $0.writes } }

    var reads: Int { state.withLock { $0.reads } }

    var text: String? { state.withLock { $0.bytes.map { String(decoding: $0, as: UTF8.self) } } }

    func fail(with failure: FileError?) {
        state.withLock { $0.failure = failure }
    }

    func read() throws(FileError) -> [UInt8]? {
        try state.withLock { state throws(FileError) in
            state.reads += 1
            if let failure = state.failure { throw failure }
            return state.bytes
        }
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        try state.withLock { state throws(FileError) in
            state.writes += 1
            if let failure = state.failure { throw failure }
            state.bytes = bytes
        }
    }
}
