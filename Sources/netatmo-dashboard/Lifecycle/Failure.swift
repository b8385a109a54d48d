import ArgumentParser
import Glibc
import OperatingSystem

/// How the program ends when it can't go on: one line on standard error, and the exit code.
enum Failure {
    /// Says why, and gives the error to throw.
    ///
    /// - Parameters:
    ///   - message: One line, without the program's name.
    ///   - code: 64 for configuration, 74 for a token that is lost, 1 for the rest.
    static func say(_ message: String, code: Int32) -> ExitCode {
        writeToStandardError("netatmo-dashboard: \(message)\n")
        return ExitCode(code)
    }

    /// The exit code of a wrong command line, as ArgumentParser has it.
    static let usage: Int32 = 64

    /// What the options come to; where one is wrong, that is said.
    static func sayingWhatIsWrong<Value>(_ read: () throws(ConfigurationError) -> Value) throws(ExitCode) -> Value {
        do throws(ConfigurationError) {
            return try read()
        } catch {
            throw say("\(error)", code: usage)
        }
    }
}

/// Writes to standard error without a buffer.
func writeToStandardError(_ text: String) {
    // The reader of standard error has gone.
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
}

/// Writes to standard output without a buffer, so that the reader of a pipe sees it at once.
func writeToStandardOutput(_ text: String) {
    writeToStandardOutput(Array(text.utf8))
}

/// Writes bytes to standard output as they are.
///
/// - Returns: Why they could not all be written; `nil` where they were.
@discardableResult
func writeToStandardOutput(_ bytes: [UInt8]) -> FileError? {
    writeAll(bytes, to: STDOUT_FILENO)
}

/// Writes bytes to a descriptor, however long that takes.
///
/// - Returns: Why they could not all be written; `nil` where they were.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> FileError? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return FileError(operation: "write", code: count == 0 ? EIO : errno) }
        rest = rest.dropFirst(count)
    }
    return nil
}
