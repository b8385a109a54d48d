import EngineAPI
import Homes

/// What came of an effect.
enum EffectResult: Sendable {
    case fetch(FetchReply)
    case renewal(RenewalReply)
    case history(Result<MeasureHistory, HistoryError>, of: HistorySubject)
    case keptHistories([String: MeasureHistory])
    case signInOffer(SignInOffer?)
    case signIn(Result<Void, SignInError>)
    case browser(Result<Void, BrowserError>)
    case copied(SignInAddress, Bool)
}
