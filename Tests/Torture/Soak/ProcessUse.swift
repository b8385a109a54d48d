import FoundationEssentials
import Glibc

/// What a process holds, as the kernel counts it.
struct ProcessUse: Sendable, Hashable {
    /// Resident memory, in KiB.
    let residentKiB: Int
    /// Open descriptors.
    let descriptors: Int

    /// - Throws: Where there is no such process any more.
    init(of processID: Int32) throws {
        let sizes = try String(contentsOfFile: "/proc/\(processID)/statm", encoding: .utf8).split(separator: " ")
        guard let pages = sizes.dropFirst().first.flatMap({ Int($0) }) else { throw Violation(description: "statm can't be read") }
        residentKiB = pages * Int(getpagesize()) / 1024
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count
    }

    private init(residentKiB: Int, descriptors: Int) {
        self.residentKiB = residentKiB
        self.descriptors = descriptors
    }

    /// The median of each; `nil` of none.
    static func median(_ uses: [ProcessUse]) -> ProcessUse? {
        guard !uses.isEmpty else { return nil }
        let middle = uses.count / 2
        return ProcessUse(
            residentKiB: uses.map(\.residentKiB).sorted()[middle], descriptors: uses.map(\.descriptors).sorted()[middle]
        )
    }
}
