import ArgumentParser
import Exporter
import Glibc

/// The program ends with a token that is in no file: it is gone, and the one in the file does not work any more.
struct UnsavedToken: Error {
    /// Why it could not be saved.
    let cause: TokenFileError
    /// How what ran ended, beside that.
    let after: Result<Void, any Error>

    /// `EX_IOERR` of sysexits.h.
    static let exitCode = ExitCode(74)

    /// What went wrong beside that; `nil` where nothing did.
    var otherError: (any Error)? {
        if case .failure(let error) = after { error } else { nil }
    }

    /// Says so; to be the last line of the program.
    ///
    /// - Returns: The exit code, which wins over any other: nothing else is lost for good.
    func tell() -> ExitCode {
        Failure.say("the token could not be saved, sign in again next time: \(cause); \(cause.remedy)", code: Self.exitCode.rawValue)
    }
}
