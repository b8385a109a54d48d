import Foundation
import Testing

/// Pictures of frames, kept as text in `Snapshots/`.
///
/// With `RECORD_SNAPSHOTS=1` a test writes its picture instead of comparing it; look at the difference before you commit it.
enum PictureFile {
    static func expect(_ lines: [String], matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let picture = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            try picture.write(to: folder.appendingPathComponent("Snapshots/\(name).txt"), atomically: true, encoding: .utf8)
            return
        }
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Snapshots"), "there is no picture \(name)",
            sourceLocation: sourceLocation
        )
        let expected = try String(contentsOf: url, encoding: .utf8)
        #expect(picture == expected, "\(name) is now:\n\(picture)", sourceLocation: sourceLocation)
    }
}
