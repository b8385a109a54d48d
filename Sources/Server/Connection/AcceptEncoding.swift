/// The header `Accept-Encoding` (RFC 9110, section 12.5.3), as far as it is about gzip. Read by hand: Hummingbird's compression, which
/// reads it too, compresses each answer anew.
struct AcceptEncoding: Sendable {
    /// Whether the client takes gzip: named, or meant by `*`, with a weight above zero.
    let allowsGzip: Bool

    /// - Parameter field: The header's value; `nil` where the request has none.
    init(_ field: String?) {
        let entries = (field ?? "").split(separator: ",").map {
            $0.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
        }
        func weight(_ name: String) -> Double? {
            guard let entry = entries.first(where: { $0.first == name }) else { return nil }
            guard let quality = entry.dropFirst().first(where: { $0.hasPrefix("q=") }) else { return 1 }
            return Double(quality.dropFirst(2)) ?? 0
        }
        allowsGzip = (weight("gzip") ?? weight("*") ?? 0) > 0
    }
}
