import EngineAPI
import FoundationEssentials
import OperatingSystem

/// A memory as text: lines of JSON, the first of which names the form. Each is read by itself, so that a damaged one costs no other.
enum MemoryLines {
    /// The form that this release writes and reads.
    private static let form = 1

    private struct Head: Codable {
        let form: Int
    }

    /// Writes the lines, from the first on, as far as there is room.
    ///
    /// - Parameter limit: How many bytes they may have.
    static func text<Line: Encodable>(of lines: some Sequence<Line>, limit: Int) -> [UInt8] {
        let encoder = JSONEncoder.complete()
        var text: [UInt8] = []
        let append = { (line: any Encodable) -> Bool in
            // A line that can't be written is a number that is none: the others are of use without it.
            guard let json = try? encoder.encode(line) else { return true }
            guard text.count + json.count < limit else { return false }
            text += json
            text.append(UInt8(ascii: "\n"))
            return true
        }
        _ = append(Head(form: form))
        _ = lines.first { !append($0) }
        return text
    }

    /// Reads what ``text(of:limit:)`` wrote, or whatever else there is.
    static func lines<Line: Decodable>(
        _: Line.Type, in text: [UInt8], limit: Int
    ) -> (lines: [Line], problem: MemoryProblem.Cause?) {
        guard text.count <= limit else { return ([], .tooLarge(limit: limit)) }
        let decoder = JSONDecoder.status()
        let parts = text.split(separator: UInt8(ascii: "\n"))
        guard let first = parts.first else { return ([], nil) }
        let head = try? decoder.decode(Head.self, from: Data(first))
        if let head, head.form != form { return ([], .otherForm) }
        let lines = parts.dropFirst(head == nil ? 0 : 1).map { try? decoder.decode(Line.self, from: Data($0)) }
        let damaged = lines.count { $0 == nil }
        return (lines.compactMap(\.self), damaged > 0 ? .damaged(lines: damaged) : nil)
    }
}
