import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Homes
@testable import Screen
@testable import netatmo_dashboard

@Suite("The file of the screen's state")
struct ScreenStateFileTests {
    private func withFolder(_ body: (_ path: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "screen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path())
    }

    private var changed: ScreenPreferences {
        var preferences = ScreenPreferences()
        preferences.span = .year
        preferences.theme = .dark
        return preferences
    }

    /// What is kept; `nil` where something is wrong with it.
    private func read(_ file: ScreenStateFile) -> ScreenPreferences? {
        let (preferences, problem) = file.read()
        return problem == nil ? preferences : nil
    }

    /// Keeps something, and waits until that is done.
    private func keep(_ preferences: [ScreenPreferences], in file: ScreenStateFile) async -> [String] {
        let said = Journal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await file.run { said.note($0) } }
            for value in preferences { file.keep(value) }
            // The end does not wait for the pause, and loses nothing.
            group.cancelAll()
        }
        return said.entries
    }

    @Test("has the latest again next time, for its owner alone, with its directory where that was missing")
    func kept() async throws {
        try await withFolder { folder in
            let file = ScreenStateFile(in: "\(folder)/a/b")
            #expect(read(file) == ScreenPreferences())
            #expect(await keep([ScreenPreferences(), changed], in: file) == [])
            #expect(read(ScreenStateFile(in: "\(folder)/a/b")) == changed)
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/a/b/screen.json")[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/a/b") == ["screen.json"])
        }
    }

    @Test("is not written where nothing changed")
    func unchanged() async throws {
        try await withFolder { folder in
            #expect(await keep([], in: ScreenStateFile(in: folder)) == [])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.isEmpty)
        }
    }

    @Test("that is damaged is told in a line, begins with the defaults, and is whole with the next change")
    func damaged() async throws {
        for bytes in [Data("{".utf8), Data(), Data([0xFF]), Data("[]".utf8), Data(repeating: 0x20, count: ScreenStateFile.longest + 1)] {
            try await withFolder { folder in
                try bytes.write(to: URL(filePath: "\(folder)/screen.json"))
                let file = ScreenStateFile(in: folder)
                let (preferences, problem) = file.read()
                #expect(preferences == ScreenPreferences())
                #expect(problem == "\(folder)/screen.json is damaged: the screen begins with its defaults")
                _ = await keep([changed], in: file)
                #expect(read(file) == changed)
            }
        }
    }

    @Test("that is not the program's own is told in a line, and neither read nor written")
    func foreign() async throws {
        try await withFolder { folder in
            try Data("{\"span\":\"1y\"}".utf8).write(to: URL(filePath: "\(folder)/other"))
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/screen.json", withDestinationPath: "\(folder)/other")
            let file = ScreenStateFile(in: folder)
            let (preferences, problem) = file.read()
            #expect(preferences == ScreenPreferences())
            #expect(problem?.contains("screen.json, which is a symbolic link") == true && problem?.contains("\n") == false)
            let said = await keep([changed], in: file)
            #expect(said.count == 1 && said.first?.contains("the screen's state is not kept") == true)
            #expect(try String(contentsOfFile: "\(folder)/other", encoding: .utf8) == "{\"span\":\"1y\"}")
        }
    }
}
