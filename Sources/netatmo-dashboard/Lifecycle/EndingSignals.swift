import ArgumentParser
import CSignals
import Dispatch
import Glibc
import ServiceLifecycle
import Synchronization

/// All signals that end a program: what is to be saved is saved first. SIGINT and SIGTERM ask to stop; after each other one, such as
/// the terminal's end, the exit code is the one that the shell would give, 128 and the signal's number.
///
/// The first one ends the program; those after it change nothing, since the answer that is waited for by then may hold the only pair
/// of tokens that works. That takes at most the 30 s of a request.
final class EndingSignals: Service {
    private let signals: AsyncStream<Int32>
    private let arrived = Mutex<Int32?>(nil)

    /// Takes them from now on; one that comes before ``run()`` is not lost.
    init() {
        let (signals, arrival) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingOldest(1))
        self.signals = signals
        // Without a pipe there is no descriptor left for anything else either, which is told where that is.
        guard csignals_take() == 0 else { return }
        let queue = DispatchQueue(label: "netatmo-dashboard.signals")
        let source = DispatchSource.makeReadSource(fileDescriptor: csignals_descriptor(), queue: queue)
        source.setEventHandler {
            // Kept by its own handler, for as long as the program runs.
            withExtendedLifetime(source) {
                while case let number = csignals_next(), number != 0 { arrival.yield(number) }
            }
        }
        source.activate()
    }

    /// The first of them that came; `nil` as long as none did.
    var number: Int32? { arrived.withLock { $0 } }

    /// The exit code, where one of them came that is no request to stop.
    var exitCode: ExitCode? {
        arrived.withLock { $0 }.flatMap { $0 == SIGINT || $0 == SIGTERM ? nil : ExitCode(128 + $0) }
    }

    /// As a service: when one of them comes, the others stop.
    var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: self, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "signals")
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await signal in self.signals {
                self.note(signal)
                return
            }
        }
    }

    /// Takes one for arrived, such as the end of the terminal, however that was noticed.
    func note(_ signal: Int32) {
        arrived.withLock { $0 = $0 ?? signal }
    }
}
