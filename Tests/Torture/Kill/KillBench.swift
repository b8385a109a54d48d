import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import NetatmoSimulator
import OperatingSystem
import TestSupport

/// A program that is killed again and again on one token file.
struct KillBench {
    let screens: AttachedScreens
    private var tally: KillTally
    private let program: String
    private let netatmo: LocalNetatmo
    private let client: LocalClient
    private let folder: TemporaryFolder
    private let watch: TokenFileWatch
    private let tokenFile: String
    private var generator: SeededGenerator
    /// The program, where it runs.
    private var running: ServedExporter?
    /// NetAtmo's requests and the file's renames at a time when both agreed.
    private var agreed = (requests: 0, writes: 0, renames: 0)

    /// How a start went.
    private enum Start {
        case signedIn
        /// NetAtmo refused the file's refresh token, which it had replaced.
        case refused
        case failed(String)
    }

    /// How long a start may take on a busy machine.
    private static let limit = Duration.seconds(30)

    init(program: String, netatmo: LocalNetatmo, client: LocalClient, seed: UInt64) throws {
        self.program = program
        self.netatmo = netatmo
        self.client = client
        folder = try TemporaryFolder()
        tokenFile = folder.path("token.json")
        screens = AttachedScreens(tokenFile: tokenFile, client: client)
        watch = try TokenFileWatch(directory: folder.url.path, name: "token.json")
        generator = SeededGenerator(seed: seed)
        tally = KillTally(seed: seed)
    }

    var result: TortureResult {
        var result = tally.result
        result.figures += screens.figures
        return result
    }

    /// Puts a fresh refresh token into the file, as somebody does who signs in.
    mutating func signIn() async throws {
        let refreshToken = await netatmo.netatmo.issueTokens().refresh
        try Data(#"{"refresh_token":"\#(refreshToken)"}"#.utf8).write(to: URL(filePath: tokenFile))
        await agree()
    }

    /// One kill at a random instant: of a program that has just been started, or of one that has run for a while.
    mutating func killAtRandom() async throws {
        let wasRunning = running != nil
        let victim = try running ?? start()
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...(wasRunning ? 1200 : 400), using: &generator)))
        kill(victim)
        tally.random += 1
        if try await comeBack() { tally.inWindow += 1 }
        // Else the next one is killed soon after its start.
        if Bool.random(using: &generator) { try await stopByTerm() }
    }

    /// One kill a random 0 to 5 ms after NetAtmo got a refresh.
    mutating func killAimed() async throws {
        if running != nil { try await stopByTerm() }
        let before = await netatmo.netatmo.requestCount
        let victim = try start()
        let delay = Int.random(in: 0...5000, using: &generator)
        let simulated = netatmo.netatmo
        let arrival = try await until("a refresh", within: Self.limit, every: .microseconds(100)) {
            await Refreshes(since: before, of: simulated).first
        }
        try await Task.sleep(for: .microseconds(delay))
        let time = Date()
        kill(victim)
        tally.aimed.append((time.timeIntervalSince(arrival) * 1000, false))
        if try await comeBack() { tally.aimed[tally.aimed.count - 1].isInWindow = true }
    }

    /// Stops the program as a service manager does: it ends with 0, and what it leaves behind works.
    mutating func stopByTerm() async throws {
        guard let running else { return }
        await expectScreen(of: running)
        running.process.signal(SIGTERM)
        let end = try? await running.process.end(within: Self.limit)
        if end != .exited(code: 0) { tally.fail("a stop by SIGTERM did not end with 0: \(running.lastWords)") }
        await note(running)
        if await !fileIsAlive() { tally.fail("after a stop by SIGTERM the file's token does not work") }
        await agree()
        // Minutes of this take more requests than NetAtmo allows in an hour, which the program would remember.
        try? FileManager.default.removeItem(atPath: "\(tokenFile).history")
    }

    /// The screen of those that were killed shows their successor by itself.
    private mutating func expectScreen(of exporter: ServedExporter) async {
        let (screens, process) = (screens, exporter.process.processID)
        let isShown: Bool? = try? await until("a screen", within: Self.limit, every: .milliseconds(5)) {
            screens.attachedTo == process ? true : nil
        }
        if isShown == nil { tally.fail("no screen came back to it: \(exporter.lastWords)") }
    }

    private func start() throws -> ServedExporter {
        try ServedExporter(program: program, netatmo: netatmo, tokenFile: tokenFile)
    }

    /// Kills a program, and looks at the file that it leaves.
    private mutating func kill(_ victim: ServedExporter) {
        if screens.attachedTo == victim.process.processID { tally.underScreens += 1 }
        if let end = victim.process.killNow(), end != .killed(signal: SIGKILL) { tally.fail("it had ended before: \(victim.lastWords)") }
        tally.read(log: victim.log)
        running = nil
        if let complaint = fileComplaint() { tally.fail(complaint) }
    }

    /// Starts the program again, which has to be signed in; after a kill in the window somebody signs in anew first.
    ///
    /// - Returns: Whether the kill was in the window.
    private mutating func comeBack() async throws -> Bool {
        // Now and then the restart is killed as well, also while it makes good what the first kill left.
        while Int.random(in: 0..<4, using: &generator) == 0 {
            let short = try start()
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...150, using: &generator)))
            kill(short)
            tally.restartsKilled += 1
        }
        let survivor = try start()
        switch try await outcome(of: survivor) {
        case .signedIn:
            running = survivor
            return false
        case .failed(let why):
            tally.fail("not signed in after a restart: \(why)")
        case .refused:
            let isWindow = await isLastPairUnwritten()
            kill(survivor)
            try await startAnew()
            if isWindow { return true }
            tally.tokensLost += 1
            tally.fail("a pair is gone that had been written to a file, or more than one")
            return false
        }
        kill(survivor)
        try await startAnew()
        return false
    }

    private mutating func startAnew() async throws {
        try await signIn()
        let program = try start()
        switch try await outcome(of: program) {
        case .signedIn:
            running = program
            return
        case .refused: tally.fail("refused with a fresh token: \(program.lastWords)")
        case .failed(let why): tally.fail("not signed in with a fresh token: \(why)")
        }
        kill(program)
    }

    /// Waits until a program is signed in, which takes three to say so: itself, NetAtmo, and the file.
    private mutating func outcome(of exporter: ServedExporter) async throws -> Start {
        let (client, netatmo, start) = (client, netatmo, ContinuousClock.now)
        let before = await netatmo.netatmo.requestCount
        do {
            let outcome = try await until("a token that works", within: Self.limit, every: .milliseconds(10)) { () -> Start? in
                guard exporter.process.end == nil else { return .failed(exporter.lastWords) }
                let refreshes = await Refreshes(since: before, of: netatmo.netatmo)
                let token = try await exporter.token(client)
                // By its own word too: a request of the one before, which was killed, may come late.
                if refreshes.usedReplacedToken, token?.isRefused == true { return .refused }
                guard !refreshes.granted.isEmpty, token?.state == "valid" else { return nil }
                return try await fileWorks() ? .signedIn : nil
            }
            if case .signedIn = outcome { tally.starts.append((ContinuousClock.now - start) / .milliseconds(1)) }
            return outcome
        } catch {
            return .failed("\(error); \(exporter.lastWords)")
        }
    }

    /// Whether NetAtmo gives data for what the file holds.
    private func fileWorks() async throws -> Bool {
        let attributes = try? TokenFile(path: tokenFile, system: LocalFileSystem()).read()
        guard let accessToken = attributes?.accessToken else { return false }
        return try await client.isAccepted(accessToken.reveal(), by: netatmo)
    }

    /// Whether the file holds a whole pair, and NetAtmo gives another one for it. Its access token lives 2 s, and on a busy machine ends
    /// while the program does.
    private func fileIsAlive() async -> Bool {
        let attributes = try? TokenFile(path: tokenFile, system: LocalFileSystem()).read()
        guard attributes?.accessToken != nil, let refreshToken = attributes?.refreshToken else { return false }
        return await netatmo.netatmo.isAlive(refreshToken: refreshToken.reveal())
    }

    /// What is wrong with the file; `nil` where it is whole.
    private func fileComplaint() -> String? {
        do throws(TokenFileError) {
            let attributes = try TokenFile(path: tokenFile, system: LocalFileSystem()).read()
            guard attributes?.refreshToken != nil else { return "the file holds no refresh token" }
            // What was put there to sign in holds no more than that; what the program wrote holds all.
            guard watch.renames.count == agreed.renames || attributes?.accessToken != nil else { return "the file holds no access token" }
            return nil
        } catch {
            return "the file is not whole: \(error)"
        }
    }

    private mutating func note(_ ended: ServedExporter) async {
        tally.read(log: ended.log)
        running = nil
    }

    /// Whether NetAtmo's last pair, and no other one, was never written to a file. What the kernel saw written, no kill may lose.
    private func isLastPairUnwritten() async -> Bool {
        let lastWrite = watch.writes.last ?? .distantPast
        return await Refreshes(since: agreed.requests, of: netatmo.netatmo).rotations.count { $0 > lastWrite } == 1
    }

    /// Takes the file to hold NetAtmo's latest pair. To be called while no program runs.
    private mutating func agree() async {
        let rotations = await Refreshes(since: agreed.requests, of: netatmo.netatmo).rotations
        let (writes, renames) = (watch.writes, watch.renames)
        tally.measure(
            rotations: rotations, writes: Array(writes.dropFirst(agreed.writes)), renames: Array(renames.dropFirst(agreed.renames))
        )
        agreed = (await netatmo.netatmo.requestCount, writes.count, renames.count)
    }
}
