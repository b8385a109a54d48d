package import OperatingSystem

/// Where something that the engine remembers is kept over restarts.
package protocol MemoryStorage: Sendable {
    /// For messages.
    var name: String { get }
    /// What is kept; `nil` where there is nothing. More than ``MemoryFile/limit`` bytes are not read to their end.
    func read() throws(FileError) -> [UInt8]?
    /// Keeps that in place of what was kept; afterwards it is safe from a crash.
    func write(_ bytes: [UInt8]) throws(FileError)
}

/// A file of the program's own beside the token file, of its owner and of mode 0600. Whatever lies under its name and is not the program's
/// own is left alone.
package struct MemoryFile<System: FileSystem>: MemoryStorage {
    private let tokenFile: DurableFile<System>
    private let suffix: String
    private let system: System
    package let name: String

    /// - Parameters:
    ///   - tokenFile: The path of the token file, which may be a symbolic link.
    ///   - suffix: What is put behind the name of the file that it leads to.
    package init(beside tokenFile: String, suffix: String, system: System) {
        self.tokenFile = DurableFile(path: tokenFile, system: system)
        self.suffix = suffix
        self.system = system
        name = (tokenFile.split(separator: "/").last.map(String.init) ?? tokenFile) + suffix
    }

    package func read() throws(FileError) -> [UInt8]? {
        try file().read(limit: EngineMemory.limit + 1)
    }

    package func write(_ bytes: [UInt8]) throws(FileError) {
        try file().replace(with: bytes)
    }

    private func file() throws(FileError) -> DurableFile<System> {
        DurableFile(beside: try tokenFile.target(), suffix: suffix, system: system)
    }
}
