import TerminalUI
import Testing

@testable import Screen

/// Rooms of NetAtmo Energy: record anew with `RECORD_SNAPSHOTS=1 .make/test swift --filter RoomPictureTests`.
@Suite("Pictures of rooms")
struct RoomPictureTests {
    static let symbols: [Symbols] = [.unicode, .ascii]

    @Test(
        "their rows stand behind those of the home's station", arguments: symbols,
        [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)])
    func main(symbols: Symbols, size: Size) throws {
        let state = RoomScenes.state(selecting: "r1", columns: size.columns, rows: size.rows, symbols: symbols)
        try PictureFile.expect(state.frame, matches: "rooms-\(size.columns)x\(size.rows)-\(symbols)")
    }

    @Test("on a wide screen the boiler's chart stands beside the room's", arguments: symbols)
    func wide(symbols: Symbols) throws {
        let state = RoomScenes.state(selecting: "r2", columns: 160, rows: 45, symbols: symbols)
        try PictureFile.expect(state.frame, matches: "rooms-160x45-\(symbols)")
    }

    @Test("an account without a weather station has a column of its own for what heats")
    func roomsAlone() throws {
        let state = RoomScenes.state(RoomScenes.snapshot(stations: []))
        try PictureFile.expect(state.frame, rows: 0..<14, matches: "rooms-alone")
    }

    @Test(
        "one in full: the day's schedule, the devices, the charts", arguments: symbols,
        [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)])
    func inFull(symbols: Symbols, size: Size) throws {
        let state = RoomScenes.state(selecting: "r2", columns: size.columns, rows: size.rows, symbols: symbols, isInFull: true)
        try PictureFile.expect(state.frame, matches: "room-\(size.columns)x\(size.rows)-\(symbols)")
    }

    @Test("a boiler in full")
    func boiler() throws {
        let state = RoomScenes.state(selecting: "t", isInFull: true)
        try PictureFile.expect(state.frame, rows: 0..<16, matches: "boiler")
    }
}
