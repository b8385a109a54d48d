import ArgumentParser

/// The help of the program: its commands, its topics, and the options of the dashboard, which is what runs where no command is named.
enum FirstHelp {
    /// Whether a command line asks for it.
    static func isAsked(by arguments: [String]) -> Bool {
        [["--help"], ["-h"], ["help"]].contains(arguments)
    }

    /// - Parameter columns: How wide; that of the terminal where it is not said.
    static func text(columns: Int? = nil) -> String {
        let whole = NetatmoDashboard.helpMessage(columns: columns)
        let dashboard = DashboardCommand.helpMessage(columns: columns)
        // From the first group's title to the options that every command has.
        guard let groups = sections(of: dashboard, from: "NETATMO", to: "OPTIONS:"), let place = whole.firstRange(of: "\nOPTIONS:") else {
            return whole + "\n\n" + HelpTopic.list
        }
        return whole[..<place.lowerBound] + "\n" + groups + whole[place.lowerBound...].dropFirst() + "\n\n" + HelpTopic.list
    }

    private static func sections(of help: String, from first: String, to last: String) -> Substring? {
        guard let start = help.firstRange(of: "\n\(first)"), let end = help.firstRange(of: "\n\(last)") else { return nil }
        return start.lowerBound < end.lowerBound ? help[start.lowerBound...].prefix(upTo: end.lowerBound).dropFirst() + "\n" : nil
    }
}
