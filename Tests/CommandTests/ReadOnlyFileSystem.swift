import OperatingSystem

/// A file system that can be looked at and read alone.
protocol ReadOnlyFileSystem: FileSystem where File == Int {}

extension ReadOnlyFileSystem {
    func destinationOfSymbolicLink(at path: String) throws(FileError) -> String? { nil }
    func version(of path: String) throws(FileError) -> FileVersion? { nil }
    func openInPlace(_ path: String) throws(FileError) -> Int { throw FileError(operation: "open", code: 30) }
    func truncate(_ file: Int, to size: Int) throws(FileError) {}
    func seek(_ file: Int, to offset: Int) throws(FileError) {}
    func touch(_ path: String) throws(FileError) {}
    func create(_ path: String, ownedLike model: String) throws(FileError) -> Int { throw FileError(operation: "create", code: 30) }
    func write(_ bytes: ArraySlice<UInt8>, to file: Int) throws(FileError) -> Int { 0 }
    func synchronize(_ file: Int) throws(FileError) {}
    func owners(beside path: String) -> Set<UInt32> { [] }
    func ownContents(of path: String, beside model: String, limit: Int) -> (bytes: [UInt8], version: FileVersion)? { nil }
    func synchronize(fileAt path: String, beside model: String) throws(FileError) {}
    func close(_ file: Int) throws(FileError) {}
    func rename(_ path: String, to newPath: String) throws(FileError) {}
    func synchronizeDirectory(_ path: String) throws(FileError) {}
    func remove(_ path: String) throws(FileError) {}
}
