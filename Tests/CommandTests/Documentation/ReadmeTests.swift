import Foundation
import Testing

@testable import netatmo_dashboard

@Suite("The README")
struct ReadmeTests {
    @Test("has at most 200 lines")
    func length() throws {
        #expect(try Page.readme().lines.count <= 200)
    }

    @Test("tells how to try it and how to test it, in this order of readers")
    func order() throws {
        let text = try Page.readme().text
        let parts = [
            "## Does it fit me?", "make demo", "## Where is my token?", "## What if it breaks?", "## Run it day and night",
            "## Write against it", "`make test`",
        ]
        let places = parts.map { text.firstRange(of: $0)?.lowerBound }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("answers a newcomer's questions in its first 70 lines")
    func newcomer() throws {
        let beginning = try Page.readme().lines.prefix(70)
        for question in ["Does it fit me?", "How do I start?", "Where is my token?", "What if it breaks?"] {
            #expect(beginning.contains("## \(question)"))
        }
    }

    @Test("leads to each topic, with the words that help has for it, and to each picture")
    func whole() throws {
        let readme = try Page.readme()
        for topic in Resource.topics {
            #expect(readme.lines.contains("| [\(topic.name)][\(topic.name)] | \(topic.purpose) |"), "\(topic.name)")
        }
        for page in ["CHANGELOG", "CONTRIBUTING"] { #expect(readme.links.contains("\(Page.folder)/\(page).md")) }
        let pictures = try FileManager.default.contentsOfDirectory(atPath: Page.root.appendingPathComponent("screenshots").path)
        for picture in pictures { #expect(readme.links.contains("screenshots/\(picture)"), "\(picture)") }
    }
}
