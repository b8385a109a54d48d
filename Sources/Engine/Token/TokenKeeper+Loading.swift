import EngineAPI
import FoundationEssentials
import Netatmo
import OperatingSystem

// The token file at the start.

extension TokenKeeper {
    /// Reads the token file. To be called once, before ``run()``.
    ///
    /// - Throws: `TokenFileError` where the file can't be used; it is left as it is.
    package func load(renewExpired: Bool) throws(TokenFileError) {
        let found = try saving.readAll()
        let placeWarnings = saving.placeWarnings()
        let now = clock.now
        // The one that is loaded last is used. Those before it are what is left where NetAtmo refuses it.
        if let previous = found.previous { lifecycle.load(previous, renewExpired: true, at: now) }
        if let unfinished = found.unfinished {
            lifecycle.load(found.file, renewExpired: true, at: now)
            saving.noteUnfinished(unfinished)
        }
        // A file that was replaced, with another token kept beside it, is to be tried, as while the program runs.
        let (stored, warnings) = lifecycle.load(
            found.unfinished ?? found.file, renewExpired: renewExpired || found.previous != nil, at: now)
        if case .usable = stored, found.unfinished == nil { saving.noteFound(at: now) }
        publish()
        for warning in placeWarnings { events.record(.tokenPlaceWarning(warning), at: now) }
        if let previous = found.previous {
            keepBesideFile(previous)
            events.record(.previousFound, at: now)
        }
        if found.unfinished != nil {
            events.record(.tokenRecovered, at: now)
            _ = obstacle()
        }
        for warning in warnings { events.record(.tokenFileWarning(warning), at: now) }
        tellLoaded(stored, at: now)
    }

    private func tellLoaded(_ stored: StoredToken, at now: Date) {
        if case .usable(let token) = stored {
            events.record(.tokenLoaded(until: token.expiry), at: now)
        } else if case .none = lifecycle.holding {
            events.record(.tokenMissing, at: now)
        }
    }
}
