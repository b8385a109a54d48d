import ArgumentParser

/// Prints the files that ship with the program.
struct ResourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resources", abstract: "Print a file for Prometheus, Grafana, systemd or containers; without a name, list them.",
        discussion: "For example: netatmo-dashboard resources alerts.yml > alerts.yml"
    )

    @Argument(help: "The file to print.", completion: .list(Resource.all.map(\.name)))
    var name: String?

    func run() throws {
        guard let name else { return writeToStandardOutput(Resource.list) }
        guard let resource = Resource.all.first(where: { $0.name == name }) else {
            let names = Resource.all.map(\.name).joined(separator: ", ")
            throw Failure.say("resources: there is no such file; there are \(names)", code: Failure.usage)
        }
        writeToStandardOutput(resource.bytes)
    }
}
