import Engine
import FoundationEssentials
import Logging
import OperatingSystem

/// Reads the text of one setting: the value, or what the text should have been.
struct SettingParser<Value: Sendable>: Sendable {
    let expectation: String
    /// What is expected in place of a text that comes near, such as a number out of bounds; `nil` where ``expectation`` says it.
    var bound: @Sendable (String) -> String? = { _ in nil }
    let parse: @Sendable (String) -> Value?
}

extension SettingParser<String> {
    /// Any text that is not blank.
    static let text = SettingParser(expectation: "a text") { $0.contains { !$0.isWhitespace } ? $0 : nil }

    /// An absolute address of http or https without a query, as a browser would write it: a host in ASCII (an international name as
    /// `xn--…`), and a path without `.`, `..` or empty parts. Slashes at its end are taken off.
    static let url = SettingParser(expectation: "an address such as https://example.org, in ASCII") { text in
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme.lowercased()),
            let host = url.host(), !host.isEmpty, url.query() == nil, url.fragment() == nil, url.user() == nil,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) }), !host.contains("%")
        else { return nil }
        let address = String(text.reversed().drop { $0 == "/" }.reversed())
        let path = address.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }.dropFirst()
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.isEmpty || parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return nil }
        return address
    }
}

extension SettingParser<ListenAddress> {
    static let address = SettingParser(
        expectation: "an address to listen on such as \(ListenAddress.everyAddress) or \(ListenAddress.thisMachine)",
        parse: { ListenAddress($0) })
}

extension SettingParser<Duration> {
    /// A duration above zero.
    static let duration = parser("above 0") { $0 > .zero }

    /// A duration from zero on, for an interval that is raised where it is too short.
    static let interval = parser("0 or more") { $0 >= .zero }

    private static func parser(_ range: String, _ isInRange: @escaping @Sendable (Duration) -> Bool) -> SettingParser {
        let bound: @Sendable (String) -> String? = { text in
            GoDuration.bound(tooLong: text) ?? GoDuration.parse(text).map { _ in "\(range); expected \(GoDuration.expectation)" }
        }
        return SettingParser(expectation: GoDuration.expectation, bound: bound) { text in
            GoDuration.parse(text).flatMap { isInRange($0) ? $0 : nil }
        }
    }
}

extension SettingParser<Date> {
    static let time = SettingParser(expectation: "a time such as 2026-11-23T17:18:05+01:00", parse: RFC3339.date)
}

extension SettingParser<Bool> {
    /// Go's forms of a boolean, and those of compose files, in any case.
    static let boolean = SettingParser(expectation: "true or false") { text in
        switch text.lowercased() {
        case "1", "t", "true", "yes", "y", "on": true
        case "0", "f", "false", "no", "n", "off": false
        default: nil
        }
    }
}

extension SettingParser<NotificationWay> {
    static let notification = SettingParser(expectation: "one of off, bell, osc9") { NotificationWay(rawValue: $0) }
}

extension SettingParser<Logger.Level> {
    /// netatmo-exporter's names of levels; what swift-log has no level for gets the nearest one.
    static let logLevel = SettingParser(expectation: "one of trace, debug, info, warn, error, fatal, panic") { text in
        switch text.lowercased() {
        case "trace": .trace
        case "debug": .debug
        case "info": .info
        case "warn", "warning": .warning
        case "error": .error
        case "fatal", "panic": .critical
        default: nil
        }
    }
}
