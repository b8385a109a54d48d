import ArgumentParser
import TerminalUI

/// How the dashboard is shown.
struct DisplayOptions: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: "Append lines of text in place of drawing: for screen readers and pipes. Needs no terminal. [env: NETATMO_PLAIN]")
    var plain: Bool?

    @Flag(inversion: .prefixedNo, help: "Draw with ASCII characters only. [env: NETATMO_ASCII]")
    var ascii: Bool?

    @Flag(inversion: .prefixedNo, help: "Draw with colours. [env: NO_COLOR, where they are not wanted] (default: on)")
    var color: Bool?

    @Flag(inversion: .prefixedNo, help: "Take clicks and the wheel, or leave the mouse to the terminal. [env: NETATMO_MOUSE] (default: on)")
    var mouse: Bool?

    @Option(
        help: "Colours: auto, which fit the terminal's own, light, dark, mono. [env: NETATMO_THEME] (default: as chosen with T, auto)",
        completion: .words(of: Theme.self)
    )
    var theme: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Keep what you change on the screen for the next time; not for a kiosk. [env: NETATMO_STATE] (default: on)")
    var state: Bool?

    @Option(
        help: "How to call you for an alert, and when NetAtmo rejects the token: off, bell, osc9. [env: NETATMO_NOTIFY] (default: off)",
        completion: .words(of: NotificationWay.self)
    )
    var notify: String?
}

/// How the dashboard is shown, with the defaults put in.
struct DisplaySettings: Sendable, Hashable {
    var plain = false
    var ascii = false
    var color = true
    var mouse = true
    /// `nil` where it is what the user chose on the screen.
    var theme: Theme?
    /// Whether what the user changes on the screen is kept.
    var keepsState = true
    /// How the user is called.
    var notification = NotificationWay.off
}

extension DisplayOptions {
    /// What the options, the environment and the configuration file come to.
    ///
    /// - Throws: ``ConfigurationError``
    func settings(from sources: SettingSources) throws(ConfigurationError) -> DisplaySettings {
        let reader = SettingReader(sources: sources)
        var settings = DisplaySettings()
        settings.plain = try reader.flag(plain, "NETATMO_PLAIN")
        settings.ascii = try reader.flag(ascii, "NETATMO_ASCII")
        // Whatever it holds (no-color.org).
        settings.color = color ?? (sources.found("NO_COLOR") == nil)
        settings.mouse = try reader.flag(mouse, "NETATMO_MOUSE", else: true)
        settings.theme = try reader.value("--theme", theme, "NETATMO_THEME", .theme)
        settings.keepsState = try reader.flag(state, "NETATMO_STATE", else: true)
        settings.notification = try notification(reader, plain: settings.plain)
        return settings
    }

    /// How the user is to be called. Lines call no user: the option beside `--plain` is refused, while a variable may be
    /// meant for the dashboard alone.
    private func notification(_ reader: SettingReader, plain: Bool) throws(ConfigurationError) -> NotificationWay {
        let way = try reader.value("--notify", notify, "NETATMO_NOTIFY", .notification) ?? .off
        guard plain else { return way }
        guard notify == nil || way == .off else {
            throw .invalid(option: "--notify", found: nil, expected: "off with --plain, which appends lines and calls nobody")
        }
        return .off
    }
}

/// Whether the dashboard may be that of an engine which runs already.
struct AttachmentOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Look for an engine that runs already. [env: NETATMO_ATTACH] (default: on)")
    var attach: Bool?

    /// - Throws: ``ConfigurationError``
    func wantsAttachment(_ reader: SettingReader) throws(ConfigurationError) -> Bool {
        try reader.flag(attach, "NETATMO_ATTACH", else: true)
    }
}

extension SettingParser<Theme> {
    static let theme = SettingParser(expectation: "one of auto, light, dark, mono") { Theme(rawValue: $0) }
}
