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
    /// The options of the command line; the environment's `NO_COLOR` counts where it is not empty (no-color.org).
    init(_ display: DisplayOptions, environment: [String: String]) {
        let noColor = display.noColor || environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        self.init(ascii: display.ascii, noColor: noColor, mouse: !display.noMouse, title: "netatmo-dashboard")
    }
}
