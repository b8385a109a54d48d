/// One entry of a header such as `Accept`, in small letters: `text/plain;version=0.0.4;q=0.5`.
package struct WeightedEntry {
    package let name: String
    private let parameters: [String]

    package static func all(in field: String?) -> [WeightedEntry] {
        (field ?? "").split(separator: ",").compactMap { entry in
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            return parts.first.map { WeightedEntry(name: $0, parameters: Array(parts.dropFirst())) }
        }
    }

    /// From 0 to 1; 1 where it does not say (RFC 9110, section 12.4.2).
    package var weight: Double { self["q"].map { Double($0) ?? 0 } ?? 1 }

    subscript(name: String) -> String? {
        parameters.first { $0.hasPrefix("\(name)=") }.map { $0.dropFirst(name.count + 1).filter { $0 != "\"" } }
    }
}
