package import EngineAPI
import Netatmo
import OperatingSystem

// What the program around it tells the engine.

extension ExporterEngine {
    /// The exporter answers: from now on NetAtmo is asked.
    ///
    /// - Parameter port: Where it listens, of the address of the configuration.
    package func noteListening(port: Int) {
        let bound = ListenAddress(host: configuration.address.host, port: port)
        // Before the snapshot says so: who reads it there may ask for a sign-in at once.
        listening.resolve(port)
        store.publish(.listening(address: bound.description, port: port))
        events.record(.exporterStarted(address: bound.description), at: clock.now)
    }

    package func noteUnlockedTokenFile(_ error: TokenFileError) {
        events.record(.tokenFileUnlocked(error), at: clock.now)
    }

    /// Puts into the events that an option is hardly what was meant.
    ///
    /// - Parameter warning: One line, without a secret.
    package func noteDoubtfulSetting(_ warning: String) {
        events.record(.settingDoubtful(warning), at: clock.now)
    }

    /// Puts into the events that there is no control socket; the log has it already.
    ///
    /// - Parameter reason: Without the socket's path, which may be beside the token file and is no business of the network's.
    package func noteControlFailure(_ reason: String) {
        events.record(.controlSocketFailed(reason: reason), at: clock.now, isLogged: true)
    }

    package func note(_ remark: DataRemark) {
        events.record(.dataRemark(remark), at: clock.now)
    }
}
