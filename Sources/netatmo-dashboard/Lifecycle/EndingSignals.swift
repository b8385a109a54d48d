import ArgumentParser
import Glibc
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Signals that end the program without being a request to stop, such as the terminal's end: what is to be saved is saved, and the
/// exit code is the one that the shell would give, 128 and the signal's number.
final class EndingSignals: Service {
    private let signals: UnixSignalsSequence
    private let arrived = Mutex<Int32?>(nil)

    /// Takes them from now on; one that comes before ``run()`` is not lost.
    init() async {
        let taken = [UnixSignal.sighup, .sigquit, .sigusr1, .sigusr2, .sigalrm].filter { !Self.isIgnored($0.rawValue) }
        signals = await UnixSignalsSequence(trapping: taken)
    }

    /// The exit code, where one of them came.
    var exitCode: ExitCode? {
        arrived.withLock { $0.map { ExitCode(128 + $0) } }
    }

    /// As a service: when one of them comes, the others stop.
    var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: self, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "signals")
    }

    /// Notes the end of the terminal, however that was noticed.
    func noteHangUp() {
        note(SIGHUP)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await signal in self.signals {
                self.note(signal.rawValue)
                return
            }
        }
    }

    private func note(_ signal: Int32) {
        arrived.withLock { $0 = $0 ?? signal }
    }

    /// Ignored on purpose, as nohup does.
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
