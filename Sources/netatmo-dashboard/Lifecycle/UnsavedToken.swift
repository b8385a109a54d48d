import ArgumentParser
import EngineAPI
import Glibc

/// The program ends with a token that is in no file: it is gone, and the one in the file does not work any more.
struct UnsavedToken: Sendable {
    /// Why it could not be saved.
    let cause: TokenFileError

    /// `EX_IOERR` of sysexits.h.
    static let exitCode = ExitCode(74)

    /// Says so; to be the last line of the program.
    ///
    /// - Returns: The exit code, which wins over any other: nothing else is lost for good.
    func tell() -> ExitCode {
        Failure.say("the token could not be saved, sign in again next time: \(cause); \(cause.remedy)", code: Self.exitCode.rawValue)
    }
}

/// How a run ended, and whether its token is in a file at its end: one may go wrong without the other.
struct ExporterEnd<Value: Sendable>: Sendable {
    /// What came of the run.
    let result: Result<Value, any Error>
    /// `nil` where there is no token that would be lost.
    let unsaved: UnsavedToken?

    /// What went wrong in the run; `nil` where nothing did.
    var error: (any Error)? {
        if case .failure(let error) = result { error } else { nil }
    }
}
