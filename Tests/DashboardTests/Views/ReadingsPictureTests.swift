import TerminalUI
import Testing

@testable import Screen

@Suite("Pictures of the readings")
struct ReadingsPictureTests {
    private func state(_ size: Size, _ set: String) -> DashboardState {
        ReadingScenes.state(columns: size.columns, rows: size.rows, symbols: set == "ascii" ? .ascii : .unicode)
    }

    private func press(_ keys: String, _ state: inout DashboardState) {
        for key in keys { _ = state.handle(.key(.character(key))) }
    }

    private func expect(_ state: DashboardState, _ name: String, _ size: Size, _ set: String) throws {
        try PictureFile.expect(state.frame, matches: "\(name)-\(size.columns)x\(size.rows)-\(set)")
    }

    /// Beside the usual sizes, a narrow one that shows readings.
    static let sizes = PictureTests.sizes + [Size(columns: 40, rows: 24)]

    @Test("homes, stations in a home, coaches and a favourite", arguments: sizes, ["unicode", "ascii"])
    func homes(_ size: Size, _ set: String) throws {
        try expect(state(size, set), "readings", size, set)
    }

    @Test("ordered by temperature, in imperial units", arguments: sizes, ["unicode", "ascii"])
    func sorted(_ size: Size, _ set: String) throws {
        var state = state(size, set)
        press("uuss", &state)
        try expect(state, "readings-sorted", size, set)
    }

    @Test("while a filter is typed", arguments: sizes, ["unicode", "ascii"])
    func filtered(_ size: Size, _ set: String) throws {
        var state = state(size, set)
        press("/house ro", &state)
        try expect(state, "readings-filter", size, set)
    }

    @Test("where nothing matches a filter that was kept")
    func nothing() throws {
        var state = state(Size(columns: 80, rows: 24), "unicode")
        press("/greenhouse", &state)
        _ = state.handle(.key(.enter))
        try expect(state, "readings-nothing", Size(columns: 80, rows: 24), "unicode")
    }
}
