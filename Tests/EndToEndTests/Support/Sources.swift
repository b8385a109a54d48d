import Foundation

/// The source tree that the tests were built from.
enum Sources {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..").standardized

    /// The folder of the files that ship with the program.
    static let resources = root.appendingPathComponent("Sources/netatmo-dashboard/Resources")

    /// A file that ships with the program.
    static func resource(_ name: String) -> URL {
        resources.appendingPathComponent(name)
    }

    /// The page of a topic of the help.
    static func documentation(_ topic: String) -> URL {
        root.appendingPathComponent("Sources/netatmo-dashboard/Documentation/\(topic).md")
    }

    /// A file beside the tests of those that ship.
    static func testResource(_ name: String) -> URL {
        root.appendingPathComponent("Tests/EndToEndTests/Resources/\(name)")
    }
}
