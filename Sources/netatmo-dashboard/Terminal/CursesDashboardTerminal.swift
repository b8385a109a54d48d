import CursesTerminal
import Screen
import TerminalUI

/// The terminal as the dashboard's screen.
@MainActor
final class CursesDashboardTerminal: DashboardTerminal {
    private let session: TerminalSession
    private let notification: NotificationWay

    init(_ session: TerminalSession, notification: NotificationWay) {
        self.session = session
        self.notification = notification
    }

    var size: Size { session.size }
    var symbols: Symbols { session.symbols }
    var notice: String? { session.notice }

    func events() -> AsyncStream<[InputEvent]> { session.events() }
    func draw(_ frame: Frame) { session.draw(frame) }
    func redrawEverything() { session.redrawEverything() }
    func setTheme(_ theme: Theme) { session.setTheme(theme) }
    func setTitle(_ title: String) { session.setTitle(title) }
    func copy(_ text: String) -> Bool { session.copy(text) }

    func alert(_ text: String) {
        switch notification {
        case .off: break
        case .bell: session.alert(.bell)
        case .osc9: session.alert(.message(text))
        }
    }

    func suspend() { session.suspend() }
    func close() { session.close() }
}

extension TerminalOptions {
    init(_ display: DisplaySettings) {
        self.init(ascii: display.ascii, noColor: !display.color, mouse: display.mouse, title: "netatmo-dashboard")
    }
}
