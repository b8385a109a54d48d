import ArgumentParser

/// What the token has to survive, in full.
@main
struct TortureProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "netatmo-torture",
        abstract: "Do to netatmo-dashboard what its token has to survive, and say how it went.",
        subcommands: [RunCommand.self, SoakCommand.self, SoakedExporterCommand.self],
        defaultSubcommand: RunCommand.self
    )
}
