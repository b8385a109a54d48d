import Glibc
import Netatmo

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
