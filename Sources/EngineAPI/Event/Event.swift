package import FoundationEssentials
package import Homes

/// Something that happened, for the list on the screen and for the log.
package struct Event: Sendable, Hashable {
    package let time: Date
    package let kind: Kind

    package init(time: Date, kind: Kind) {
        self.time = time
        self.kind = kind
    }

    /// Its cases and what they hold are named in the JSON of an ``EventRecord``, which other releases read.
    package enum Kind: Sendable, Hashable, Codable {
        /// The token file was read, and its token works until then; `nil` where its expiry is unknown.
        case tokenLoaded(until: Date?)
        case tokenFileWarning(TokenFileWarning)
        case tokenPlaceWarning(TokenPlaceWarning)
        /// The token file can't be locked; another process could use it.
        case tokenFileUnlocked(TokenFileError)
        case tokenMissing
        /// A new pair of tokens came, and works until then.
        case tokenRenewed(until: Date, took: Duration)
        case renewalFailed(NetatmoError, next: Date?)
        /// NetAtmo refused the refresh token for good.
        case tokenRejected(NetatmoError)
        /// The access token ran out and there is no new one.
        case tokenExpired
        case saveFailed(TokenFileError, next: Date?)
        /// The token was written to its file after that had failed.
        case savedAtLast
        /// A new token could not be saved, so none is asked for.
        case savingBlocked(TokenFileError, next: Date)
        case savingWorksAgain
        case tokenFileRemark(TokenFileRemark)
        /// A write that was cut off had left a newer token beside the token file, which is used.
        case tokenRecovered
        /// The user replaced the token file, and its token is used from now on.
        case tokenTakenOver
        /// NetAtmo refused the token that was taken over; the one before is used again.
        case takenOverRefused(NetatmoError)
        /// The token before the file's could not be kept beside the file, and lives in memory alone.
        case previousNotKept(TokenFileError)
        /// Beside the token file there is another token, which is kept until NetAtmo has judged the file's.
        case previousFound
        case tokenFileProblem(TokenFileProblem)
        /// The program stops once NetAtmo has answered a token request that is under way.
        case stopWaits
        /// A browser was sent to NetAtmo to sign in.
        case signInStarted
        case signedIn(until: Date)
        case signInFailed(reason: String)
        case dataFetched(modules: Int, took: Duration)
        /// The readings did not come; the last ones are kept.
        case dataFailed(NetatmoError, next: Date?)
        /// NetAtmo's answer holds no stations; those before are kept until then.
        case dataKept(until: Date)
        case dataRemark(DataRemark)
        /// A reading has crossed a limit of the user's, or is back.
        case readingAlert(ReadingAlert)
        /// The token does not allow home coaches; the stations came.
        case homeCoachRefused
        /// All homes were asked, which NetAtmo's limits make take a while.
        case energyFetched(rooms: Int)
        /// Rooms, or some homes', did not come; those of before are kept.
        case energyFailed(NetatmoError, next: Date)
        /// The token does not allow NetAtmo Energy; the stations' readings are not touched by that.
        case energyRefused
        /// A fetch that was asked for waits until NetAtmo's limits allow it.
        case dataHeldBack(until: Date)
        /// An option is worked with that is hardly what was meant.
        case settingDoubtful(String)
        /// The control socket can't be had, so that no screen can attach.
        case controlSocketFailed(reason: String)
        /// The exporter answers under that address.
        case exporterStarted(address: String)
        case memoryProblem(MemoryProblem)
        /// What another process says that happened there.
        case told(Words)
    }

    /// An event in words, as JSON has it.
    package struct Words: Sendable, Hashable, Codable {
        let subject: Subject
        let outcome: String
        let severity: Severity
        /// Times in it are in RFC 3339.
        let detail: String
        let error: NetatmoError?
    }

    /// What an event is about.
    package enum Subject: String, Sendable, Hashable, Codable {
        case token
        case data
        /// NetAtmo Energy.
        case energy
        case exporter
    }

    /// How much an event matters.
    package enum Severity: String, Sendable, Hashable, Codable {
        case good
        case neutral
        case warning
        case bad
    }
}
