import ArgumentParser

/// What `help` tells about beside the commands: the topics of `Documentation/`.
enum HelpTopic {
    /// What a command line asks about, where that is no command: a topic's name, or a word that means nothing; `nil` for any other one.
    static func asked(by arguments: [String]) -> String? {
        guard arguments.count > 1, arguments[0] == "help", !arguments[1].hasPrefix("-") else { return nil }
        let commands = ["help"] + NetatmoDashboard.configuration.subcommands.compactMap { $0.configuration.commandName }
        return commands.contains(arguments[1]) ? nil : arguments.dropFirst().joined(separator: " ")
    }

    /// The text of a topic, as it is in the sources.
    ///
    /// - Throws: What to end with where there is none of that name, which is said in a line.
    static func text(of name: String) throws(ExitCode) -> [UInt8] {
        guard let topic = Resource.topics.first(where: { $0.name == name }) else {
            let names = Resource.topics.map(\.name).joined(separator: ", ")
            throw Failure.say("help: there is no such command or topic; topics are \(names)", code: Failure.usage)
        }
        return topic.bytes
    }

    /// One line for each, in the columns of the parser's list of commands.
    static var list: String {
        let lines = Resource.topics.map { topic in
            "  " + topic.name + String(repeating: " ", count: max(24 - topic.name.count, 1)) + topic.purpose + "\n"
        }
        return "TOPICS:\n" + lines.joined() + "\n  See 'netatmo-dashboard help <topic>' to read one."
    }
}
