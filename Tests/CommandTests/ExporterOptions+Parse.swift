import ArgumentParser

@testable import netatmo_dashboard

extension ExporterOptions {
    private static let none = Result { try ServeCommand.parse([]).exporter }

    /// What `serve` reads of a command line.
    static func parse(_ arguments: [String]) throws -> ExporterOptions {
        // Once, where nothing is given, as in most tests: a debug build takes its time to read a command line.
        arguments.isEmpty ? try none.get() : try ServeCommand.parse(arguments).exporter
    }
}
