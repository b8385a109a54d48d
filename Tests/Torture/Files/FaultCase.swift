import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import NetatmoSimulator
import TestSupport

/// A program whose token file meets one kind of fault.
struct FaultCase {
    private let bench: FileBench
    private let fault: any FileFault
    private let directory: String
    private let exporter: ServedExporter

    private var tokenFile: String { directory + "/token.json" }
    private var fileDuringFault: String { fault.directoryDuringFault(directory) + "/token.json" }
    private var programID: Int32 { exporter.process.processID }
    /// The lines that tell that the token could not be saved.
    private var complaints: [Substring] { exporter.log.filter { $0.contains("token unsaved") && $0.contains(tokenFile) } }

    /// Starts the program, and waits until it is signed in.
    init(bench: FileBench, fault: any FileFault, directory: String) async throws {
        self.bench = bench
        self.fault = fault
        self.directory = directory
        try await bench.signIn(directory + "/token.json", owner: fault.user)
        exporter = try ServedExporter(
            program: bench.program, netatmo: bench.netatmo, tokenFile: directory + "/token.json", user: fault.user
        )
        try await bench.fileWorks(tokenFile, of: exporter)
    }

    /// The fault comes, lasts over a renewal, and goes.
    ///
    /// - Returns: How long after its end the token was on the disk, in milliseconds.
    func outlive() async throws -> Int {
        let old = try await failToSave()
        try await liveOn()
        try Violation.unless(try bench.bytes(fileDuringFault) == old, "during the fault the file changed")
        let told = complaints.count
        try fault.end(directory, program: programID)
        let start = ContinuousClock.now
        try await bench.wait(for: "the token to be saved", of: exporter) {
            guard try await exporter.token(bench.client)?.saving.state == "saved" else { return false }
            return try await exporter.metric(Self.saved, bench.client) == 1
        }
        let took = ContinuousClock.now - start
        try await bench.fileWorks(tokenFile, of: exporter)
        try Violation.unless(complaints.count == told, "told again after the fault's end: \(complaints)")
        return Int(took / .milliseconds(1))
    }

    /// The program is stopped while the fault lasts: it says what it could not save, and leaves the file alone.
    func endDuringFault() async throws {
        let old = try await failToSave()
        exporter.process.signal(SIGTERM)
        let end = try await exporter.process.end(within: FileBench.limit)
        guard end == .exited(code: 74) else { throw Violation(description: "stopped during the fault, it was \(end)") }
        try Violation.unless(
            complaints.last?.contains("not tried again") == true,
            "stopped during the fault, it does not say that the token was not saved: \(exporter.lastWords)"
        )
        try Violation.unless(try bench.bytes(fileDuringFault) == old, "stopped during the fault, the file changed")
    }

    private static let saved = "netatmo_exporter_token_saved"

    /// Lets the fault begin, and waits until a save has failed, which the log tells in one line.
    ///
    /// - Returns: The file's bytes: a token, which from now on stays as it is.
    private func failToSave() async throws -> [UInt8] {
        let told = complaints.count
        try fault.begin(directory, program: programID)
        try await bench.wait(for: "a save that fails", of: exporter) {
            try fault.keepUp(directory)
            return try await exporter.token(bench.client)?.saving.state == "failed"
        }
        try await bench.wait(for: "\(Self.saved) to be 0", of: exporter) {
            try await exporter.metric(Self.saved, bench.client) == 0
        }
        try Violation.unless(complaints.count == told + 1, "one line was to tell that the token was not saved: \(complaints)")
        let bytes = try bench.bytes(fileDuringFault)
        try Violation.unless(try TokenAttributes(json: bytes).accessToken != nil, "the file holds no token")
        return bytes
    }

    /// The program renews with the token that it has in memory alone.
    private func liveOn() async throws {
        let before = try await exporter.token(bench.client)?.expiry
        try await bench.wait(for: "a renewal of the token in memory", of: exporter) {
            let token = try await exporter.token(bench.client)
            return token?.state == "valid" && token?.expiry != before && token?.saving.state == "failed"
        }
    }
}
