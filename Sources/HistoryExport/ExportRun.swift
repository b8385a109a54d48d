package import EngineAPI
package import FoundationEssentials
package import Homes
package import OperatingSystem

/// Where an export goes.
package protocol ExportOutput: Sendable {
    /// Takes what an answer brought.
    ///
    /// - Parameter position: Where the export is behind it.
    mutating func take(_ pieces: [ExportPiece], position: ExportPosition) throws(ExportError)
    /// All has come.
    mutating func finish() throws(ExportError)
}

/// Asks for page after page, and writes what comes. It waits where NetAtmo, or its limits, want that.
package struct ExportRun: Sendable {
    /// What happens meanwhile.
    package enum Event: Sendable, Hashable {
        /// An answer came.
        case progress(ExportProgress)
        /// It is asked again then.
        case waits(HistoryError, until: Date)
        /// What is still to come of a module can't be had, which is why.
        case leavesOut(ExportError)
    }

    package typealias Source = @Sendable (HistorySubject, _ from: Date, _ to: Date) async throws(HistoryError) -> MeasureHistory

    private let order: ExportOrder
    private let source: Source
    private let clock: any WallClock
    private let onEvent: @Sendable (Event) -> Void

    /// How often an answer that is none, or an engine that does not answer, is asked for again.
    private static let patience = 10
    /// How long, in seconds, an engine that does not answer is given.
    private static let engineWait: TimeInterval = 15

    /// - Parameter source: Gives a page: at most 1024 times, the earliest first.
    package init(
        order: ExportOrder, source: @escaping Source, clock: any WallClock, onEvent: @escaping @Sendable (Event) -> Void
    ) {
        self.order = order
        self.source = source
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Runs to the end. A module whose past NetAtmo refuses is left out from there on.
    ///
    /// - Parameters:
    ///   - start: Where it was.
    ///   - position: Gets where it is, behind each answer that was written.
    package func run(from start: ExportPosition = ExportPosition(), to output: inout some ExportOutput) async throws(ExportError) {
        let text = ExportText(order: order)
        var position = start
        while let page = order.page(at: &position) {
            let history: MeasureHistory
            do throws(ExportError) {
                history = try await self.history(of: page)
            } catch  where error.lies(with: page.device) {
                position = order.position(behindDeviceAt: position)
                try output.take([], position: position)
                onEvent(.leavesOut(error))
                continue
            }
            position = order.position(after: page, history, from: position)
            try output.take(text.pieces(of: history, for: page), position: position)
            onEvent(.progress(ExportProgress(order, at: position, behind: page)))
        }
        try output.finish()
    }

    private func history(of page: ExportPage) async throws(ExportError) -> MeasureHistory {
        var failures = 0
        while true {
            guard !Task.isCancelled else { throw .interrupted }
            do throws(HistoryError) {
                return try await source(page.device.subject, page.start, page.end)
            } catch {
                failures += 1
                guard let next = try nextTry(after: error, failures: failures, of: page.device) else { continue }
                onEvent(.waits(error, until: next))
                guard (try? await clock.sleep(until: next)) != nil else { throw .interrupted }
            }
        }
    }

    /// When to ask again; `nil` for at once.
    ///
    /// - Throws: ``ExportError`` where that is of no use.
    private func nextTry(
        after error: HistoryError, failures: Int, of device: ExportedDevice
    ) throws(ExportError) -> Date? {
        switch error {
        case .cancelled: throw .interrupted
        case .noToken: throw .noToken
        case .unknownDevice: throw .unknownModule(device.module)
        case .overtaken: return nil
        case .unreachable:
            guard failures <= Self.patience else { throw .engineGone }
            return clock.now.addingTimeInterval(Self.engineWait)
        case .failed(let error, let next):
            switch error.kind {
            case .refused, .wrongScope, .invalidClient, .invalidGrant: throw .refused(module: device.module, error)
            case .invalidAnswer, .tooLarge, .html, .unauthorized, .certificate:
                guard failures <= Self.patience else { throw .refused(module: device.module, error) }
            case .network, .connectTimeout, .timeout, .quota, .rateLimited, .busy, .outage, .truncated, .heldBack: break
            }
            return later(next, of: error, failures: failures)
        }
    }

    /// Later from failure to failure, half an hour at most, unless it is known how long it takes. By a clock that was set back it is not
    /// longer than an hour and a half.
    private func later(_ next: Date, of error: NetatmoError, failures: Int) -> Date {
        let now = clock.now
        let wait = min(max(1, next.timeIntervalSince(now)), 5400)
        guard error.kind != .heldBack, error.kind != .quota else { return now.addingTimeInterval(wait) }
        let doubled = wait * Double(1 << min(failures - 1, 10))
        return now.addingTimeInterval(max(wait, min(doubled, 1800)))
    }
}
