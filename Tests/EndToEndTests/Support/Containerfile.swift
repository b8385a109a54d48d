import Foundation

/// The Containerfile that ships with the program.
struct Containerfile {
    let text: String
    /// What each instruction says, with its lines as one.
    private let instructions: [(name: String, arguments: String)]

    init() throws {
        text = try String(contentsOf: Sources.resource("Containerfile"), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        instructions = lines.replacing(/\s*\\\n\s*/, with: " ").split(separator: "\n").map { line in
            (String(line.prefix { $0 != " " }), String(line.drop { $0 != " " }.dropFirst()))
        }
    }

    /// The arguments of each instruction of this name.
    subscript(name: String) -> [String] {
        instructions.filter { $0.name == name }.map(\.arguments)
    }

    /// The variables that it sets, none of which has a blank in its value.
    var environment: [String: String] {
        let pairs = self["ENV"].flatMap { $0.split(separator: " ") }.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
    }

    /// What a shell runs to learn whether the exporter is healthy.
    var healthCheck: String? {
        self["HEALTHCHECK"].first?.split(separator: " CMD ", maxSplits: 1).last.map(String.init)
    }
}
