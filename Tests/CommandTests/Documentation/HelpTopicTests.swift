import ArgumentParser
import Foundation
import Testing

@testable import netatmo_dashboard

@Suite("The topics of the help")
struct HelpTopicTests {
    @Test("are the pages in small letters, in the order of their names, to the byte")
    func all() throws {
        let names = try Page.all().dropFirst().map { String($0.path.dropFirst(Page.folder.count + 1).dropLast(3)) }
        let topics = names.filter { $0 == $0.lowercased() }
        #expect(Resource.topics.map(\.name) == topics)
        for topic in Resource.topics { #expect(try Array(Page.topic(topic.name).text.utf8) == topic.bytes, "\(topic.name)") }
    }

    @Test("are printed by their name, which is no command's", arguments: Resource.topics.map(\.name))
    func printed(_ name: String) throws {
        #expect(HelpTopic.asked(by: ["help", name]) == name)
        #expect(try HelpTopic.text(of: name) == Resource.topics.first { $0.name == name }?.bytes)
        #expect(!NetatmoDashboard.configuration.subcommands.contains { $0.configuration.commandName == name })
    }

    @Test(
        "leave the help of a command, and whatever is no question, to the parser",
        arguments: [[], ["help"], ["help", "serve"], ["help", "history", "export"], ["help", "help"], ["help", "--help"], ["series"]]
    )
    func others(_ arguments: [String]) {
        #expect(HelpTopic.asked(by: arguments) == nil)
    }

    @Test(
        "A word that is neither a command nor a topic ends with exit code 64",
        arguments: [["sereis"], ["Series"], ["series", "now"], [""]])
    func unknown(_ words: [String]) throws {
        let asked = try #require(HelpTopic.asked(by: ["help"] + words))
        #expect(throws: ExitCode(64)) { try HelpTopic.text(of: asked) }
    }

    @Test("are listed behind the commands, each in a line of at most 80 columns with what it is about")
    func list() {
        let lines = FirstHelp.text(columns: 80).split(separator: "\n").map(String.init)
        let behind = lines.drop { $0 != "TOPICS:" }.dropFirst()
        #expect(behind.count == Resource.topics.count + 1)
        for (line, topic) in zip(behind, Resource.topics) {
            #expect(line.hasPrefix("  \(topic.name) ") && line.hasSuffix(" \(topic.purpose)") && line.count <= 80, "\(line)")
        }
    }
}
