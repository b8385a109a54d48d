import Foundation
import Testing

@testable import netatmo_dashboard

@Suite("The files that ship with the program")
struct ResourcesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/netatmo-dashboard/Resources").standardized

    @Test("are all of those in the sources, in the order of their names")
    func all() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Resource.all.map(\.name) == files.sorted())
    }

    @Test("are those in the sources to the byte", arguments: Resource.all.map(\.name))
    func same(_ name: String) throws {
        let file = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        let resource = try #require(Resource.all.first { $0.name == name })
        #expect(Data(resource.bytes) == file)
        #expect(file.last == UInt8(ascii: "\n"))
    }

    @Test("are listed one a line, each with what it is for")
    func list() {
        let lines = Resource.list.split(separator: "\n")
        #expect(lines.count == Resource.all.count)
        for (line, resource) in zip(lines, Resource.all) {
            #expect(line.hasPrefix(resource.name + " "))
            #expect(line.hasSuffix("  " + resource.purpose))
        }
    }
}
