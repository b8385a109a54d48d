import EngineAPI
import Foundation
import Synchronization

@testable import Homes
@testable import Server

/// Histories as a test keeps them, and NetAtmo's answers to what is missing; every question is written down.
final class PlayedHistories: Sendable {
    private struct State {
        var kept: [HistorySubject: MeasureHistory] = [:]
        var current: Set<HistorySubject> = []
        var asked: [HistorySubject] = []
        var looks = 0
        var failure: HistoryError?
    }

    private let state = Mutex(State())

    var source: HistorySource {
        HistorySource(
            kept: { [self] subject in
                state.withLock { state in
                    state.looks += 1
                    return state.kept[subject].map { ($0, state.current.contains(subject)) }
                }
            },
            ask: { [self] subject async throws(HistoryError) in
                let failure = state.withLock { state in
                    state.asked.append(subject)
                    if state.failure == nil { state.current.insert(subject) }
                    return state.failure
                }
                if let failure { throw failure }
            }
        )
    }

    func keep(_ history: MeasureHistory, of subject: HistorySubject, isCurrent: Bool = true) {
        state.withLock { state in
            state.kept[subject] = history
            if isCurrent { state.current.insert(subject) }
        }
    }

    func fail(with failure: HistoryError?) {
        state.withLock { $0.failure = failure }
    }

    /// What NetAtmo was asked for, in order.
    var asked: [HistorySubject] { state.withLock { $0.asked } }
    /// How often somebody looked at what is kept.
    var looks: Int { state.withLock { $0.looks } }
}
