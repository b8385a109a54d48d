// A program for CursesTerminalTests to run in a terminal of theirs: it shows a screen, tells on descriptor 3 what it is told,
// and crashes on demand.
import CursesTerminal
import Glibc
import TerminalUI

@main
@MainActor
struct Probe {
    let session: TerminalSession
    var counter = 0
    var last = "ready"

    static func main() async {
        let arguments = CommandLine.arguments
        let options = TerminalOptions(
            ascii: arguments.contains("--ascii"),
            noColor: arguments.contains("--no-color"),
            mouse: arguments.contains("--mouse"),
            title: arguments.contains("--title") ? "Probe" : nil
        )
        do {
            var probe = Probe(session: try TerminalSession(options: options))
            await probe.run()
        } catch {
            report("error \(error)")
            exit(1)
        }
    }

    mutating func run() async {
        let events = session.events()
        draw()
        if let notice = session.notice { Self.report("notice \(notice)") }
        Self.report("ready \(session.size.columns)x\(session.size.rows) color=\(session.hasColor) ascii=\(session.symbols.isASCII)")
        reading: for await batch in events {
            for event in batch {
                last = Self.description(of: event)
                if case .key(let key) = event, await !obey(key) { break reading }
                draw()
                Self.report(last)
            }
        }
        session.close()
        if CommandLine.arguments.contains("--linger") { await linger() }
        Self.report("closed")
    }

    /// Does what the key stands for; false ends the program.
    mutating func obey(_ key: Key) async -> Bool {
        switch key {
        case .character("q"): return false
        case .character("+"): counter += 1
        case .character("S"): crashBySegmentationFault()
        case .character("A"): abort()
        case .character("T"): crashByTrap()
        case .character("E"): exit(3)
        case .character("C"): Self.report("copied \(session.copy("http://127.0.0.1:9210/?key=a&b=ü"))")
        case .character("M"): Self.report("copied \(session.copy(String(repeating: "x", count: TerminalSession.longestCopy + 1)))")
        case .character("W"): session.setTitle("Probe \u{7}\u{1B}]52;c;eA==\u{7}\u{9B}31m ü \(counter)")
        case .character("B"): session.alert(.bell)
        case .character("N"): session.alert(.message("rejected\u{7}\u{1B}\\\u{9C}; sign in"))
        case .control("l"): session.redrawEverything()
        case .control("z"): session.suspend()
        default: break
        }
        return true
    }

    /// Tells the milliseconds of processor time that it costs to do nothing for 300.
    func linger() async {
        let before = clock()
        try? await Task.sleep(for: .milliseconds(300))
        Self.report("lingered \((clock() - before) * 1000 / CLOCKS_PER_SEC)")
    }

    func draw() {
        var frame = Frame(size: session.size)
        let panel = Panel(title: "Probe", symbols: session.symbols)
        panel.render(into: &frame, in: frame.bounds)
        frame.write("counter \(counter % 10)", at: Point(column: 2, row: 1), style: .good)
        frame.write("Küche 日本", at: Point(column: 2, row: 2), style: .bad)
        // All the rest of the screen, its last cell included, must neither wrap nor scroll.
        frame.fill(Rect(column: 0, row: 4, columns: session.size.columns, rows: session.size.rows), glyph: "x", style: .muted)
        session.draw(frame)
    }

    static func description(of event: InputEvent) -> String {
        switch event {
        case .key(let key): return "key \(key)"
        case .paste(let text): return "paste \(text.count) [\(text.prefix(40))]"
        case .mouse(let mouse): return "mouse \(mouse.kind) \(mouse.position.column),\(mouse.position.row)"
        case .resize(let size): return "resize \(size.columns)x\(size.rows)"
        case .resumed: return "resumed"
        case .hangUp: return "hangUp"
        }
    }

    static func report(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(3, bytes, bytes.count)
    }

    private func crashBySegmentationFault() {
        // An address that no program has.
        let nowhere = UnsafePointer<UInt8>(bitPattern: 8)
        print(nowhere?.pointee ?? 0)
    }

    private func crashByTrap() {
        let empty = [Int](repeating: counter, count: max(0, counter - 100))
        print(empty[counter])
    }
}
