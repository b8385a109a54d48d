import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Homes
@testable import Screen
@testable import TerminalUI

@Suite("What the user changes on the screen")
struct ScreenPreferencesTests {
    private func read(_ json: String) throws -> ScreenPreferences {
        try JSONDecoder().decode(ScreenPreferences.self, from: Data(json.utf8))
    }

    @Test("is there again in another state, and in JSON of words that stay")
    func roundTrip() throws {
        var state = Scenes.main(columns: 160, rows: 50)
        for key in ["u", "s", "s", "S", "+", "]", "c", "T"] {
            let character = try #require(key.first)
            _ = state.handle(.key(.character(character)))
        }
        state.show(.events)
        let preferences = state.preferences
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(preferences), as: UTF8.self)
        #expect(
            json
                == #"{"charts":"modules","measure":"co2","order":"temperature","panel":"events","reversed":true,"span":"3d","theme":"light","units":"metric"}"#
        )
        var other = Scenes.main(columns: 160, rows: 50)
        other.restore(try read(json))
        #expect(other.preferences == preferences)
        #expect(other.frame.lines != Scenes.main(columns: 160, rows: 50).frame.lines)
    }

    @Test("is taken word by word: what is not known, or missing, is the default")
    func lenient() throws {
        #expect(try read("{}") == ScreenPreferences())
        #expect(
            try read(
                #"{"units":"roman","order":3,"reversed":"yes","span":"2y","measure":"","charts":null,"panel":"x","theme":"pink","n":1}"#)
                == ScreenPreferences())
        let some = try read(#"{"units":"imperial","span":"1w","theme":"mono","measure":"co2"}"#)
        #expect(some.units == .imperial && some.span == .week && some.theme == .mono && some.measure == .co2)
        #expect(some.order == ReadingsOrder())
    }

    @Test("a panel without a place on the screen does not hide the others")
    func panel() throws {
        var state = Scenes.main(columns: 40, rows: 10)
        let before = state.frame.lines
        state.restore(try read(#"{"panel":"events"}"#))
        #expect(state.frame.lines == before)
    }

    @Test("steps through the themes, and says which")
    func themes() {
        var state = Scenes.main(columns: 120, rows: 36)
        #expect(state.theme == .auto && state.preferences.theme == nil)
        var seen: [Theme] = []
        for _ in 0..<4 {
            _ = state.handle(.key(.character("T")))
            seen.append(state.theme)
        }
        #expect(seen == [.light, .dark, .mono, .auto])
        #expect(state.message?.content == .note("Colours that fit the terminal's own", .accent))
        #expect(state.preferences.theme == .auto)
    }
}
