import Foundation
import TerminalUI
import Testing

/// Pictures of frames, kept as text in `Snapshots/`: what each cell holds, and below it the role of each cell.
///
/// With `RECORD_SNAPSHOTS=1` a test writes its picture instead of comparing it, and fails all the same, since it has tested nothing:
///
///     RECORD_SNAPSHOTS=1 .make/test swift --filter 'PictureTests|ReadingsPictureTests'
///
/// Look at the difference before you commit it.
enum PictureFile {
    /// Expects that a frame, or some of its rows or columns, looks as it did when its picture was taken.
    static func expect(
        _ frame: Frame, rows: Range<Int>? = nil, columns: Range<Int>? = nil, matches name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let picture = Picture(frame, rows: rows, columns: columns)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            try picture.text.write(to: folder.appendingPathComponent("Snapshots/\(name).txt"), atomically: true, encoding: .utf8)
            Issue.record("\(name) was recorded and not tested: run again without RECORD_SNAPSHOTS", sourceLocation: sourceLocation)
            return
        }
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Snapshots"),
            "there is no picture \(name): run with RECORD_SNAPSHOTS=1", sourceLocation: sourceLocation
        )
        let text = try String(contentsOf: url, encoding: .utf8)
        let expected = Picture(text: text)
        guard picture.lines == expected.lines else {
            Issue.record("\(name) is now:\n\(picture.lines.joined(separator: "\n"))", sourceLocation: sourceLocation)
            return
        }
        let changes = picture.changes(since: expected)
        #expect(changes.isEmpty, "\(name) looks otherwise:\n\(changes.prefix(20).joined(separator: "\n"))", sourceLocation: sourceLocation)
        guard changes.isEmpty else { return }
        #expect(picture.text == text, "the file of \(name) holds more or less than its picture", sourceLocation: sourceLocation)
    }
}
