import Glibc
import TestSupport

/// A place that can't be written to as it should be, from before the program's start on.
struct UnwritablePlaceCase: SurroundingsCase {
    /// What is wrong with it.
    enum Fault: String, CaseIterable {
        /// The directory is somebody else's, the file is ours.
        case directory = "a directory that is not ours, a file that is"
        /// One file of a container's host, mounted over a name.
        case mountedFile = "a file mounted by itself"
        /// Neither may be written.
        case directoryAndFile = "a directory and a file that can't be written"
        /// Nothing on it may be written.
        case fileSystem = "a read-only file system"
    }

    static let all: [any SurroundingsCase] = Fault.allCases.map(UnwritablePlaceCase.init)

    let fault: Fault
    var name: String { fault.rawValue }

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
        let place = Place(fault: fault, directory: folder.path("state"))
        defer { place.cleanUp() }
        try await files.mayRun(as: place.user)
        try attempt("mkdir", mkdir(place.directory, 0o755))
        try place.prepare()
        try await files.signIn(place.tokenFile, owner: place.user)
        try place.begin()
        if fault.leavesFileWritable {
            try await renewInPlace(files, place)
        } else {
            try await waitForPlace(files, place)
        }
    }

    /// The program renews, and its file follows.
    private func renewInPlace(_ files: FileBench, _ place: Place) async throws {
        let exporter = try files.start(tokenFile: place.tokenFile, user: place.user)
        try await files.renewals(2, of: exporter)
        try await files.stop(exporter, tokenFile: place.tokenFile)
        try Violation.unless(
            exporter.log.count { $0.contains("power cut") } == 1, "it was to be told once that a power cut could harm the file"
        )
    }

    /// The program asks for no token that it could not keep, and goes on by itself once it can.
    private func waitForPlace(_ files: FileBench, _ place: Place) async throws {
        let before = try files.bytes(place.tokenFile)
        let exporter = try files.start(tokenFile: place.tokenFile, user: place.user)
        try await files.wait(for: "netatmo_exporter_token_saved to be 0", of: exporter) {
            try await exporter.metric("netatmo_exporter_token_saved", files.client) == 0
        }
        try await files.wait(for: "a second look at the place", of: exporter) { try await exporter.isReady(files.client) == false }
        guard await files.tokenRequests == 0 else { throw TokenLost(description: "a token was asked for: \(exporter.lastWords)") }
        try Violation.unless(try files.bytes(place.tokenFile) == before, "the file changed")
        try place.end()
        try await files.renewals(2, of: exporter)
        try await files.stop(exporter, tokenFile: place.tokenFile)
    }
}

extension UnwritablePlaceCase.Fault {
    fileprivate var leavesFileWritable: Bool {
        switch self {
        case .directory, .mountedFile: true
        case .directoryAndFile, .fileSystem: false
        }
    }
}

/// Where the token file is.
private struct Place {
    let fault: UnwritablePlaceCase.Fault
    let directory: String

    var tokenFile: String { directory + "/token.json" }

    /// To root no mode forbids anything.
    var user: UserID? {
        switch fault {
        case .directory, .directoryAndFile: .nobody
        case .mountedFile, .fileSystem: nil
        }
    }

    /// Before the file is there.
    func prepare() throws {
        guard fault == .fileSystem else { return }
        try mounted(mount("tmpfs", directory, "tmpfs", 0, "size=64k"))
    }

    /// Once it is.
    func begin() throws {
        switch fault {
        case .directory: break
        case .directoryAndFile: try attempt("chmod", chmod(tokenFile, 0o444))
        case .mountedFile: try mounted(mount(tokenFile, tokenFile, nil, UInt(MS_BIND), nil))
        case .fileSystem: try mounted(mount("tmpfs", directory, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil))
        }
    }

    func end() throws {
        switch fault {
        case .directory, .mountedFile: break
        case .directoryAndFile: try attempt("chmod", chmod(tokenFile, 0o600))
        case .fileSystem: try mounted(mount("tmpfs", directory, "tmpfs", UInt(MS_REMOUNT), nil))
        }
    }

    func cleanUp() {
        switch fault {
        case .directory, .directoryAndFile: break
        case .mountedFile: umount2(tokenFile, Int32(MNT_DETACH))
        case .fileSystem: umount2(directory, Int32(MNT_DETACH))
        }
    }

    private func mounted(_ result: Int32) throws {
        guard result == 0 else { throw FileFaultImpossible(description: "needs the right to mount") }
    }
}
