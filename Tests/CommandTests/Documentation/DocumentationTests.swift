import Foundation
import Testing

@testable import netatmo_dashboard

@Suite("The pages of the documentation")
struct DocumentationTests {
    @Test("A page fits a terminal of 80 columns, but for code and links that can't be broken", arguments: try Page.all().dropFirst())
    func columns(_ page: Page) {
        for line in page.lines where !line.hasPrefix("    ") && !line.contains("https://") { #expect(line.count <= 80, "\(line)") }
        #expect(page.text.hasPrefix("# ") && page.text.hasSuffix("\n") && !page.text.contains("\t"))
        #expect(!page.lines.contains { $0.hasSuffix(" ") })
    }

    @Test("A link leads to a file and a heading that are there", arguments: try Page.all())
    func links(_ page: Page) throws {
        let folder = Page.root.appendingPathComponent(page.path).deletingLastPathComponent()
        for link in page.links where !link.hasPrefix("https://") && !link.hasPrefix("http://") {
            let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? Page.root.appendingPathComponent(page.path) : folder.appendingPathComponent(parts[0]).standardized
            #expect(FileManager.default.fileExists(atPath: file.path), "\(link)")
            guard parts.count > 1 else { continue }
            let target = try Page(String(file.path.dropFirst(Page.root.path.count + 1)))
            #expect(target.anchors.contains(parts[1]), "\(link)")
        }
        let defined = Set(page.text.matches(of: /(?m)^\[([^\]]+)\]:/).map { String($0.1) })
        #expect(Set(page.text.matches(of: /\]\[([^\]]+)\]/).map { String($0.1) }) == defined)
    }

    @Test("What a page says that help tells about, help tells about", arguments: try Page.all())
    func references(_ page: Page) {
        for reference in page.code.compactMap({ $0.wholeMatch(of: /(?:netatmo-dashboard )?help ([a-z-]+)/) }) {
            let word = String(reference.1)
            #expect(HelpTopic.asked(by: ["help", word]).map { name in Resource.topics.contains { $0.name == name } } ?? true, "\(word)")
        }
    }

    @Test("CONTRIBUTING names places in the sources that are there")
    func places() throws {
        let contributing = try Page.topic("CONTRIBUTING")
        let sources = Page.root.appendingPathComponent("Sources")
        let places = contributing.code.filter { $0.wholeMatch(of: /[A-Za-z-]+\/[\w+.\/-]+/) != nil }
        #expect(places.count > 20)
        for place in places {
            let candidates = [place, "\(place).swift", "netatmo-dashboard/\(place)"].map { sources.appendingPathComponent($0).path }
            #expect(candidates.contains(where: FileManager.default.fileExists), "\(place)")
        }
    }
}
