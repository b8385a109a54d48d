extension StatusReport {
    /// The same JSON in ASCII: other characters stand in its texts alone, where they may be escaped.
    package static func ascii(json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 >= 0x80 }) else { return json }
        return String(decoding: json, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            guard unit >= 0x80 else { return [UInt8(unit)] }
            // The leading 1 of the digits keeps their zeros.
            return Array("\\u\(String(0x10000 + UInt32(unit), radix: 16).dropFirst())".utf8)
        }
    }
}
