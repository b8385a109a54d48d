import FoundationEssentials
import Glibc
import HistoryExport
import Homes
import EngineAPI
import OperatingSystem
import Synchronization

/// Says on standard error how far an export is: as a bar on a terminal, else a line at each tenth.
final class ExportTeller: Sendable {
    fileprivate struct State {
        var hasBar = false
        /// The tenth that was told last.
        var tenth = -1
        /// What was said of a wait, so that it is said once.
        var wait = ""
        /// How many modules were left out.
        var leftOut = 0
    }

    private let pace: ExportPace
    private let isTerminal: Bool
    private let state = Mutex(State())

    init(pace: ExportPace, isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.pace = pace
        self.isTerminal = isTerminal
    }

    /// How many modules were left out so far.
    var leftOut: Int { state.withLock { $0.leftOut } }

    func say(_ line: String) {
        endBar()
        writeToStandardError("netatmo-dashboard: \(line)\n")
    }

    /// What is to come, before it begins.
    func tellPlan(of order: ExportOrder, at position: ExportPosition, isStream: Bool) {
        let count = order.requests(from: position)
        let before = position.requests > 0 ? ", after \(position.requests) before" : ""
        let remark = isStream ? "; without --output it can't be resumed" : ""
        say(
            "\(count) request\(count == 1 ? "" : "s") to NetAtmo\(before), about \(ExportProgress.words(pace.time(of: count))) "
                + "at the 500 an hour that it allows\(remark)")
    }

    func tell(_ event: ExportRun.Event) {
        switch event {
        case .progress(let progress): tell(progress)
        case .waits(let error, let time):
            let words = error.words(until: LocalTime.system.clock(time))
            guard state.withLock({ $0.noteWait(words) }) else { return }
            say(words)
        case .leavesOut(let error):
            state.withLock { $0.leftOut += 1 }
            say("\(error): it is left out from there on")
        }
    }

    private func tell(_ progress: ExportProgress) {
        if isTerminal {
            state.withLock { $0.hasBar = true }
            writeToStandardError("\r\u{1B}[K" + progress.bar(pace, columns: Self.columns))
        } else if state.withLock({ $0.noteTenth(progress.percent / 10) }) {
            writeToStandardError("netatmo-dashboard: \(progress.words(pace))\n")
        }
    }

    /// Leaves the bar where it is.
    func endBar() {
        guard state.withLock({ $0.takeBar() }) else { return }
        writeToStandardError("\n")
    }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

extension ExportTeller.State {
    fileprivate mutating func noteTenth(_ new: Int) -> Bool {
        defer { tenth = new }
        return new != tenth
    }

    fileprivate mutating func noteWait(_ new: String) -> Bool {
        defer { wait = new }
        return new != wait
    }

    fileprivate mutating func takeBar() -> Bool {
        defer { hasBar = false }
        return hasBar
    }
}

extension HistoryError {
    /// Why an export waits.
    fileprivate func words(until time: String) -> String {
        switch self {
        case .failed(let error, _) where error.kind == .heldBack:
            "waits until \(time): NetAtmo allows 500 requests an hour, and a fifth of them stays for the readings"
        case .failed(let error, _): "\(error); asked again at \(time)"
        default: "the engine that runs has not answered, or has other exports before this one; asked again at \(time)"
        }
    }
}
