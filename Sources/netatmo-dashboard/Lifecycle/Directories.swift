import Glibc
import OperatingSystem

/// Creates the directories that a file is to lie in, where they are missing, for its owner alone.
///
/// - Parameter path: The absolute path of the file.
func createDirectories(above path: String) throws(FileError) {
    var directory = ""
    for component in path.split(separator: "/").dropLast() {
        directory += "/" + component
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { continue }
        throw FileError(operation: "create its directory", code: errno)
    }
}

/// Makes a directory where there is none, for its owner alone.
func makeDirectory(_ path: String) throws(FileError) {
    guard access(path, F_OK) != 0, errno == ENOENT, mkdir(path, 0o700) != 0 else { return }
    let code = errno
    guard code != EEXIST else { return }
    let parent = (path.hasPrefix("/") ? "/" : "") + path.split(separator: "/").dropLast().joined(separator: "/")
    throw FileError(operation: "make its directory" + (code == ENOENT ? ", since \(parent) is not there" : ""), code: code)
}
