import FoundationEssentials

/// What an export has done so far, as it is kept beside its output.
struct ExportState: Sendable, Hashable, Codable {
    /// Rises with each change that another release can't read.
    static let version = 1

    var version = Self.version
    let order: ExportOrder
    /// Whether the output may take the place of a file that is there.
    let overwrites: Bool
    var position = ExportPosition()
    /// How many bytes of each file belong to it; what is behind them came of a request that was not finished.
    var lengths: [String: Int] = [:]

    init(order: ExportOrder, overwrites: Bool) {
        self.order = order
        self.overwrites = overwrites
    }

    /// As JSON.
    func text() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .secondsSince1970
        return Array(try encoder.encode(self))
    }

    /// - Throws: A reason why the text is no state of an export.
    init(text: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        self = try decoder.decode(Self.self, from: Data(text))
        guard version == Self.version, lengths.values.allSatisfy({ $0 >= 0 }), position.device >= 0, position.requests >= 0 else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not of this release"))
        }
    }
}
