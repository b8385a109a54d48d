import TestSupport
import Testing
import Torture

/// What `make torture` does for minutes, for seconds.
@Suite("Torture, in short", .serialized)
struct ShortTortureTests {
    private let program: String

    init() throws {
        program = try BuiltProgram.path("netatmo-dashboard")
    }

    @Test("a program that is killed at any instant is signed in once it is started again")
    func kills() async throws {
        try await expectNoFailure(KillTorture(program: program))
    }

    @Test("what surrounds the program costs no token: places, other users, signals, a taken port, scarce descriptors, a flood")
    func surroundings() async throws {
        try await expectNoFailure(SurroundingsTorture(program: program))
    }

    @Test("an exporter at work misses no renewal and answers each scrape")
    func soak() async throws {
        let torture = try BuiltProgram.path("netatmo-torture")
        let soak = Soak(stretches: 3, stretch: .seconds(4)) {
            [torture, "soaked-exporter", "--api-url", $0, "--token-file", $1]
        }
        expectNoFailure(try await soak.run(seed: .random(in: .min ... .max)) { _ in })
    }
}

/// The faults of the disk wait for renewals, which come every 10 s at most: beside the others, who need the machine.
@Suite("File faults, in short")
struct FileTortureTests {
    @Test("whatever happens to the disk, the token file is whole and the program goes on")
    func files() async throws {
        try await expectNoFailure(FileTorture(program: try BuiltProgram.path("netatmo-dashboard")))
    }
}

private func expectNoFailure(_ torture: some Torture) async throws {
    expectNoFailure(try await torture.run(.short, seed: .random(in: .min ... .max)))
}

private func expectNoFailure(_ result: TortureResult) {
    #expect(result.failures == [])
    #expect(result.tokensLost == 0)
    #expect(result.cases > 0)
}
