import Glibc
package import OperatingSystem

/// The output of an export in a file: what comes lies beside it, and takes its name once it is whole.
///
/// | file | what it is |
/// |---|---|
/// | `FILE.part` | the output so far |
/// | `FILE.part.NAME` | in OpenMetrics, each family so far; `FILE.part` is made of them at the end |
/// | `FILE.part.state` | what has been done, written after each answer |
package struct ExportFiles<System: FileSystem>: Sendable {
    /// Where the output goes.
    package let path: String
    private let system: System
    private let text: ExportText
    private var state: ExportState

    /// How much is copied at once, in bytes.
    private static var chunk: Int { 1 << 20 }
    /// The longest state, in bytes: more than 6,000 modules take.
    private static var longestState: Int { 8 << 20 }

    private static func statePath(_ path: String) -> String { path + ".part.state" }

    /// Begins a new export; what was left of one before is gone.
    ///
    /// - Throws: ``ExportError`` where its directory can't be written.
    package init(
        _ order: ExportOrder, to path: String, overwrites: Bool = false, system: System
    ) throws(ExportError) {
        self.path = path
        self.system = system
        text = ExportText(order: order)
        state = ExportState(order: order, overwrites: overwrites)
        // First what says how much of the others belongs to it.
        try save()
        for file in text.files + [""] { try remove(partPath(file)) }
    }

    /// Goes on with what was left of one.
    ///
    /// - Throws: ``ExportError`` where there is none, or what there is does not fit together.
    package init(resuming path: String, system: System) throws(ExportError) {
        self.path = path
        self.system = system
        let place = Self.statePath(path)
        let bytes = try Self.reading(place) { () throws(FileError) in try system.contents(of: place, limit: Self.longestState) }
        guard let bytes else { throw .damaged(path: place, reason: "there is none, so that there is no export to go on with") }
        guard let state = try? ExportState(text: bytes) else {
            throw .damaged(path: place, reason: "not the state of an export of this release; --overwrite begins anew")
        }
        self.state = state
        text = ExportText(order: state.order)
        for (file, length) in state.lengths {
            let part = partPath(file)
            let size = try Self.reading(part) { () throws(FileError) in try system.version(of: part)?.size }
            guard text.files.contains(file), length == 0 || (size ?? 0) >= length else {
                throw .damaged(path: part, reason: "shorter than it was; --overwrite begins anew")
            }
        }
    }

    /// Whether there is something to go on with.
    package static func isLeft(of path: String, system: System) throws(FileError) -> Bool {
        try system.version(of: statePath(path)) != nil
    }

    package var order: ExportOrder { state.order }
    package var position: ExportPosition { state.position }
    package var overwrites: Bool { state.overwrites }

    private func partPath(_ file: String) -> String {
        path + ".part" + (file.isEmpty ? "" : "." + file)
    }

    private static func reading<Value>(_ path: String, _ read: () throws(FileError) -> Value) throws(ExportError) -> Value {
        do throws(FileError) {
            return try read()
        } catch {
            throw .file(path: path, error)
        }
    }

    private func remove(_ path: String) throws(ExportError) {
        try Self.reading(path) { () throws(FileError) in try system.remove(path) }
    }

    private func save() throws(ExportError) {
        let place = Self.statePath(path)
        guard let text = try? state.text() else { throw .damaged(path: place, reason: "a state that can't be written") }
        try Self.reading(place) { () throws(FileError) in _ = try DurableFile(path: place, system: system).replace(with: text) }
    }
}

extension ExportFiles: ExportOutput {
    /// Nothing is lost by a power cut once this has returned: what the state tells of is on the disk before it.
    package mutating func take(_ pieces: [ExportPiece], position: ExportPosition) throws(ExportError) {
        for piece in pieces {
            let length = state.lengths[piece.file] ?? 0
            let bytes = Array(((length == 0 ? text.head(of: piece.file) : "") + piece.text).utf8)
            let part = partPath(piece.file)
            try Self.reading(part) { () throws(FileError) in try append(bytes, to: part, at: length) }
            state.lengths[piece.file] = length + bytes.count
        }
        state.position = position
        try save()
    }

    package mutating func finish() throws(ExportError) {
        if order.format == .openMetrics {
            try join()
        } else if state.lengths[""] ?? 0 == 0 {
            // Without a single row it has its head all the same.
            let part = partPath("")
            let head = Array(text.head(of: "").utf8)
            try Self.reading(part) { () throws(FileError) in try append(head, to: part, at: 0) }
        } else if let length = state.lengths[""] {
            let part = partPath("")
            // Without what a request that was not finished left behind it.
            try Self.reading(part) { () throws(FileError) in try append([], to: part, at: length) }
        }
        let path = path
        try Self.reading(path) { () throws(FileError) in
            try system.rename(partPath(""), to: path)
            try system.synchronizeDirectory(directoryOfFile(path))
        }
        for file in text.files where !file.isEmpty { try remove(partPath(file)) }
        try remove(Self.statePath(path))
    }

    /// Makes `FILE.part` of the families, a piece at a time.
    private func join() throws(ExportError) {
        let whole = partPath("")
        try remove(whole)
        var length = 0
        func add(_ bytes: [UInt8]) throws(ExportError) {
            let offset = length
            try Self.reading(whole) { () throws(FileError) in try append(bytes, to: whole, at: offset, durably: false) }
            length += bytes.count
        }
        for file in text.files {
            let size = state.lengths[file] ?? 0
            var offset = 0
            while offset < size {
                let part = partPath(file)
                let (place, limit) = (offset, min(Self.chunk, size - offset))
                let bytes = try Self.reading(part) { () throws(FileError) in try system.contents(of: part, from: place, limit: limit) }
                guard let bytes, !bytes.isEmpty else { throw .damaged(path: part, reason: "shorter than it was; --overwrite begins anew") }
                try add(bytes)
                offset += bytes.count
            }
        }
        let (offset, end) = (length, Array(text.end.utf8))
        try Self.reading(whole) { () throws(FileError) in try append(end, to: whole, at: offset) }
    }

    /// Writes behind so many bytes of a file; what was behind them is gone.
    private func append(_ bytes: [UInt8], to path: String, at offset: Int, durably: Bool = true) throws(FileError) {
        let file: System.File
        if try system.version(of: path) == nil {
            file = try system.create(path, ownedLike: directoryOfFile(path))
        } else {
            file = try system.openInPlace(path)
        }
        do throws(FileError) {
            try system.truncate(file, to: offset)
            try system.seek(file, to: offset)
            var rest = bytes[...]
            while !rest.isEmpty { rest = rest.dropFirst(try system.write(rest, to: file)) }
            if durably { try system.synchronize(file) }
        } catch {
            try? system.close(file)
            throw error
        }
        try system.close(file)
    }
}
