package import OperatingSystem

/// The output of an export to standard output, or to a test: as it comes, and for OpenMetrics at the end.
package struct ExportStream<System: FileSystem>: Sendable {
    private let text: ExportText
    private let write: @Sendable ([UInt8]) -> FileError?
    /// Where families are until the end; `nil` where there is but one file.
    private var families: ExportFiles<System>?
    private let system: System
    private var hasBegun = false

    /// - Parameters:
    ///   - directory: Where families are kept until the end.
    ///   - write: Writes bytes, and says why that failed.
    /// - Throws: ``ExportError`` where the directory can't be written.
    package init(
        _ order: ExportOrder, directory: String, system: System, write: @escaping @Sendable ([UInt8]) -> FileError?
    ) throws(ExportError) {
        text = ExportText(order: order)
        self.write = write
        self.system = system
        families = order.format == .openMetrics ? try ExportFiles(order, to: directory + "/export", system: system) : nil
    }

    private func put(_ bytes: [UInt8]) throws(ExportError) {
        guard !bytes.isEmpty else { return }
        if let error = write(bytes) { throw .output(error) }
    }
}

extension ExportStream: ExportOutput {
    package mutating func take(_ pieces: [ExportPiece], position: ExportPosition) throws(ExportError) {
        guard families == nil else {
            try families?.take(pieces, position: position)
            return
        }
        try begin()
        for piece in pieces { try put(Array(piece.text.utf8)) }
    }

    private mutating func begin() throws(ExportError) {
        guard !hasBegun else { return }
        hasBegun = true
        try put(Array(text.head(of: "").utf8))
    }

    package mutating func finish() throws(ExportError) {
        guard let path = families?.path else { return try begin() }
        try families?.finish()
        var offset = 0
        while true {
            let bytes: [UInt8]?
            do throws(FileError) {
                bytes = try system.contents(of: path, from: offset, limit: 1 << 20)
            } catch {
                throw .file(path: path, error)
            }
            guard let bytes, !bytes.isEmpty else { return }
            try put(bytes)
            offset += bytes.count
        }
    }
}
