package import OperatingSystem

/// Something about how the token file is written, which its owner should know once.
package enum TokenFileRemark: Sendable, Hashable, Codable {
    /// It is written in place, since no new file can take its name.
    case inPlace(because: FileError)
    /// Others could read it, and can't any more.
    case narrowed(from: UInt32)
    /// Others can read it, and this program can't change that.
    case openToOthers(mode: UInt32)

    /// What is so, and what follows from it.
    var text: String {
        switch self {
        case .inPlace(let error):
            "the token file is written in place, a power cut in that instant could harm it: \(error); better: \(error.remedy)"
        case .narrowed(let mode): "others could read the token file (mode \(octal(mode))): it has the mode 0600 from now on"
        case .openToOthers(let mode):
            "others can read the token file (mode \(octal(mode))), and it is not this user's to change: chmod 600 by its owner"
        }
    }

    private func octal(_ mode: UInt32) -> String {
        "0" + String(mode & 0o777, radix: 8)
    }
}
