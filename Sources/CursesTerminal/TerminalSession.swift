private import CTerminal
private import Dispatch
private import FoundationEssentials
private import Glibc
package import TerminalUI

/// The terminal while the program shows a screen in it: size, events, and frames.
///
/// There is one at a time, on standard input and output. Whatever ends the program — a crash, `exit`, Ctrl-\ — gives the terminal back
/// as it was found; the ordinary way is `close`. SIGINT and SIGTERM are left to the program. SIGHUP does not end it while the session is
/// open: it arrives as `hangUp`.
///
/// It belongs to the main actor, which on Linux need not be the main thread: once the program waits in Dispatch, the main queue runs on
/// worker threads, one at a time, in which all signals are blocked.
@MainActor
package final class TerminalSession {
    private enum Phase {
        case open
        /// Nothing can be read or shown any more.
        case gone
        case closed
    }

    /// The glyphs that the terminal can show, or that were asked for.
    package let symbols: Symbols
    /// True when roles have colours.
    package let hasColor: Bool
    /// One line for the user about what is not as it should be: a terminal type that is unknown on this machine.
    package let notice: String?
    /// The width and height now, in cells.
    package private(set) var size: Size

    private let isUTF8: Bool
    private var phase = Phase.open
    private var screen: CursesScreen
    private var decoder = InputDecoder()
    /// Counts what was read, so that a deadline set before it means nothing any more.
    private var readings = 0
    /// What was read and not taken yet.
    private var unread: [InputEvent] = []
    private var reader: Reader?
    /// There may be more in the terminal, or in ncurses' queue, than was read.
    private var hasMore = false
    private var inputSource: (any DispatchSourceProtocol)?
    private var sources: [any DispatchSourceProtocol] = []

    /// Takes the character set from the environment. To be called before the first thread starts; `init` does it when it was forgotten.
    ///
    /// - Returns: Whether it is UTF-8.
    @discardableResult
    package nonisolated static func adoptLocale() -> Bool {
        ct_adopt_locale()
    }

    /// Takes the terminal: the screen is empty, keys are no longer echoed.
    /// - Throws: `TerminalError`; the terminal is then as it was.
    package init(options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
        let isUTF8 = ct_adopt_locale()
        let result = ct_open(options.mouse, !options.noColor, options.title.map { Self.harmless($0, isUTF8: isUTF8) } ?? "")
        let name = String(cString: ct_terminal_name())
        if let error = TerminalError(result, terminal: name) { throw error }
        let palette = Palette(noColor: options.noColor)
        let wanted = getenv("TERM").map { String(cString: $0) } ?? ""
        let known = wanted.isEmpty ? "TERM is not set" : "TERM=\(sanitised(wanted)) is unknown here"
        // The fonts of the Linux console have neither round corners nor braille.
        symbols = options.ascii || !isUTF8 || name == "linux" ? .ascii : .unicode
        hasColor = palette.hasColor
        notice = wanted == name ? nil : "\(known); using \(name)"
        screen = CursesScreen(palette: palette, isUTF8: isUTF8)
        self.isUTF8 = isUTF8
        size = Size(ct_look_up_size())
    }

    /// What the terminal tells, from now on. To be called once; a second call ends the stream of the first.
    ///
    /// Each element is all that came since the one before, at most some more than ``mostUnread`` events: as long as they are not taken,
    /// nothing more is read from the terminal, which then holds its writer up. `hangUp` overtakes what was typed before it, and is the
    /// last.
    package func events() -> AsyncStream<[InputEvent]> {
        endEvents()
        unread = []
        let reader = Reader()
        guard phase == .open else { return AsyncStream { $0.finish() } }
        self.reader = reader
        inputSource = watch(STDIN_FILENO) { $0.readInput() }
        watch(ct_signal_descriptor()) { $0.readSignals() }
        return AsyncStream { [weak self] in await self?.nextEvents(for: reader) }
    }

    /// When that many events wait to be taken, no more are read.
    package static let mostUnread = 1024
    /// Pieces of input that are read in one go.
    private static let mostAtOnce = 8192

    /// Shows a frame. Only what differs from the last one is written; a frame larger than the screen is clipped.
    package func draw(_ frame: Frame) {
        guard phase == .open else { return }
        screen.draw(frame, size: size)
    }

    /// Shows the last frame again on a screen that something else has written to.
    package func redrawEverything() {
        guard phase == .open else { return }
        screen.drawEverything()
    }

    /// Draws in other colours from the next frame on. Where the options want none, there are none in any theme.
    package func setTheme(_ theme: Theme) {
        guard phase == .open, hasColor else { return }
        let ground = theme.ground(colours: Int(ct_colors()))
        ct_assume_ground(CInt(ground?.foreground ?? -1), CInt(ground?.background ?? -1))
        screen.take(Palette(noColor: theme == .mono))
    }

    /// Sets the title of the window, where the options asked for one. It is given back at the end.
    package func setTitle(_ title: String) {
        guard phase == .open else { return }
        ct_set_title(Self.harmless(title, isUTF8: isUTF8))
    }

    /// Puts a text on the clipboard of the terminal, which may be on another machine (OSC 52).
    ///
    /// - Returns: False where the terminal is none that knows how to, or the text is longer than ``longestCopy``. True says that it was
    ///   asked for: terminals do not answer, and some are set to refuse.
    package func copy(_ text: String) -> Bool {
        guard phase == .open, text.utf8.count <= Self.longestCopy else { return false }
        return ct_copy(Data(text.utf8).base64EncodedString())
    }

    /// The longest text that can be copied, in bytes of UTF-8; less than the least that terminals take.
    package static let longestCopy = 4096

    /// Calls the user, who may be looking elsewhere.
    package func alert(_ alert: TerminalAlert) {
        guard phase == .open else { return }
        switch alert {
        case .bell: ct_ring()
        case .message(let text): ct_notify(Self.harmless(text, isUTF8: isUTF8))
        }
    }

    /// The start of a text that can stand inside an escape sequence without ending it.
    private static func harmless(_ text: String, isUTF8: Bool) -> String {
        let clean = sanitised(text, symbols: isUTF8 ? .unicode : .ascii).unicodeScalars.map { isUTF8 || $0.isASCII ? $0 : "?" }
        return String(String.UnicodeScalarView(clean.prefix(80)))
    }

    /// Gives the terminal back and stops the job, as Ctrl-Z does; returns when it was brought back, with the last frame on the screen.
    ///
    /// The whole process group stops, because the process that started this program may wait in it. Then `resumed` arrives, after a
    /// `resize` if the size is another. Where jobs cannot be stopped, for want of a shell that could bring them back, nothing happens.
    package func suspend() {
        suspend(wholeGroup: true)
    }

    /// Gives the terminal back as it was found. A second call does nothing.
    package func close() {
        guard phase != .closed else { return }
        phase = .closed
        endEvents()
        ct_close()
    }
}

extension TerminalSession {
    @discardableResult
    private func watch(_ descriptor: CInt, _ handle: @escaping @MainActor (TerminalSession) -> Void) -> any DispatchSourceProtocol {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
        source.setEventHandler { [weak self] in
            MainActor.assumeIsolated {
                if let self { handle(self) }
            }
        }
        sources.append(source)
        source.activate()
        return source
    }

    private func endEvents() {
        // One that is suspended would never come to its end.
        pauseReading(false)
        for source in sources { source.cancel() }
        sources = []
        inputSource = nil
        reader?.wake()
        reader = nil
    }

    /// What was read since the last call, or will be; `nil` after the end.
    private func nextEvents(for reader: Reader) async -> [InputEvent]? {
        while unread.isEmpty, self.reader === reader, !Task.isCancelled { await reader.wait() }
        guard self.reader === reader || self.reader == nil && !unread.isEmpty, !Task.isCancelled else { return nil }
        defer {
            unread = []
            // Goes on where reading was left off, since what there was had not been taken.
            if hasMore { readSoon() }
        }
        return unread
    }

    /// Lets others have their turn first.
    private func readSoon() {
        DispatchQueue.main.async { [weak self] in
            MainActor.assumeIsolated { self?.readInput() }
        }
    }

    private func pauseReading(_ isPaused: Bool) {
        guard isPaused != hasMore else { return }
        hasMore = isPaused
        if isPaused { inputSource?.suspend() } else { inputSource?.resume() }
    }

    private func readInput() {
        guard phase == .open, inputSource != nil, unread.count < Self.mostUnread else { return }
        readings += 1
        // Everything there is: a part of it may be in ncurses' own queue already, where no source sees it.
        var count = 0
        while let input = RawInput.next() {
            send(decoder.decode(input))
            if unread.count >= Self.mostUnread { return pauseReading(true) }
            count += 1
            // What makes no event, such as a paste without an end, must not keep a signal waiting.
            if count == Self.mostAtOnce { return readSoon() }
        }
        pauseReading(false)
        send(decoder.endOfInput())
        if ct_input_is_gone() { return hangUp() }
        guard let patience = decoder.patience else { return }
        let reading = readings
        DispatchQueue.main.asyncAfter(deadline: .now() + patience.dispatchInterval) { [weak self] in
            MainActor.assumeIsolated {
                guard let self, self.readings == reading else { return }
                self.send(self.decoder.timeIsUp())
            }
        }
    }

    private func readSignals() {
        var arrived: Set<CInt> = []
        while case let number = ct_next_signal(), number != 0 { arrived.insert(number) }
        guard phase == .open else { return }
        if arrived.contains(SIGHUP) { return hangUp() }
        if arrived.contains(SIGTSTP) {
            suspend(wholeGroup: false)
        } else if arrived.contains(SIGCONT) {
            ct_retake()
            sendNewSize()
            send([.resumed])
        } else if arrived.contains(SIGWINCH) {
            sendNewSize()
        }
    }

    private func suspend(wholeGroup: Bool) {
        guard phase == .open, ct_suspend(wholeGroup) else { return }
        sendNewSize()
        send([.resumed])
    }

    private func sendNewSize() {
        let now = Size(ct_look_up_size())
        guard now != size else { return }
        size = now
        send([.resize(now)])
    }

    /// A descriptor that has come to its end is readable for ever: it must not be watched any longer.
    private func hangUp() {
        phase = .gone
        unread = []
        send([.hangUp])
        endEvents()
    }

    private func send(_ new: [InputEvent]) {
        guard reader != nil, !new.isEmpty else { return }
        unread += new
        reader?.wake()
    }
}

/// The reader of the events, which waits while there are none.
private final class Reader: Sendable {
    private let signal = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    func wake() { signal.continuation.yield() }

    /// Returns once ``wake()`` was called since the last wait, or the task is cancelled.
    func wait() async {
        for await _ in signal.stream { return }
    }
}

extension Size {
    fileprivate init(_ size: ct_size) {
        self.init(columns: Int(size.columns), rows: Int(size.rows))
    }
}

extension Duration {
    fileprivate var dispatchInterval: DispatchTimeInterval {
        .milliseconds(Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}

extension TerminalError {
    fileprivate init?(_ result: ct_result, terminal: String) {
        switch result {
        case CT_OK: return nil
        case CT_INPUT_IS_NOT_A_TERMINAL: self = .notATerminal(.input)
        case CT_OUTPUT_IS_NOT_A_TERMINAL: self = .notATerminal(.output)
        case CT_UNUSABLE: self = .unusable(terminal: sanitised(terminal))
        case CT_ALREADY_OPEN: self = .alreadyOpen
        default: self = .failed(terminal: sanitised(terminal))
        }
    }
}
