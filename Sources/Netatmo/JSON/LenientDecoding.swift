import FoundationEssentials
import OperatingSystem

// NetAtmo's data is read one value at a time: what is missing, null or of another type than expected is no value,
// and costs nothing but itself.

extension KeyedDecodingContainer where Key == AnyKey {
    func text(_ name: String) -> String? {
        value(name, as: String.self)
    }

    /// A name that a stranger chose. This is the one place where names are read, and made harmless.
    func name(_ name: String) -> String? {
        text(name).map(readableName)
    }

    /// An id, which is no name, but comes from the same stranger; blanks occur in it.
    func id(_ name: String) -> String? {
        text(name).map { readableName($0.filter { !$0.isWhitespace }) }
    }

    /// An id that may also come as a whole number.
    func numberOrID(_ name: String) -> String? {
        let id = id(name) ?? value(name, as: Int64.self).map(String.init)
        return id.flatMap { $0.isEmpty ? nil : $0 }
    }

    func flag(_ name: String) -> Bool? {
        value(name, as: Bool.self)
    }

    /// A flag that may also come as a word, or as 0 and 1.
    func flagOrWord(_ name: String) -> Bool? {
        if let flag = flag(name) { return flag }
        switch text(name)?.lowercased() ?? integer(name).map(String.init) {
        case "on", "true", "1": return true
        case "off", "false", "0": return false
        default: return nil
        }
    }

    /// A finite number, also one that stands in a string as JSON writes it.
    func number(_ name: String) -> Double? {
        guard contains(AnyKey(stringValue: name)) else { return nil }
        let number = value(name, as: Double.self) ?? text(name).flatMap(Double.init(jsonText:))
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A whole number in the range that a status or a count can have.
    func integer(_ name: String) -> Int? {
        guard let number = number(name), abs(number) < 1e15 else { return nil }
        return Int(number)
    }

    /// Seconds since 1970; zero and less mean that there is no time.
    func date(_ name: String) -> Date? {
        guard let seconds = number(name), seconds > 0, seconds < 1e11 else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }

    func object(_ name: String) -> KeyedDecodingContainer<AnyKey>? {
        try? nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey(stringValue: name))
    }

    func value<Value: Decodable>(_ name: String, as type: Value.Type) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: AnyKey(stringValue: name))) ?? nil
    }

    /// The elements of an array that can be read, the first so many; an odd one is left out.
    func elements<Element: Decodable>(_ name: String, as type: Element.Type, limit: Int = .max) -> [Element] {
        guard var container = try? nestedUnkeyedContainer(forKey: AnyKey(stringValue: name)) else { return [] }
        var elements: [Element] = []
        // One that does not fail: a container stays where it is at a failure.
        while !container.isAtEnd, elements.count < limit, let next = try? container.decode(Readable<Element>.self) {
            if let element = next.element { elements.append(element) }
        }
        return elements
    }
}

/// An element that may be unreadable, so that it does not take the others with it.
private struct Readable<Element: Decodable>: Decodable {
    let element: Element?

    init(from decoder: any Decoder) throws {
        element = try? Element(from: decoder)
    }
}

/// A harmless name, cut where no reader would read on: a label, a page and a screen repeat it many times. Three dots say so, which every
/// terminal can show.
private func readableName(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: longestName, limitedBy: scalars.endIndex), end != scalars.endIndex
    else { return text.harmless }
    return String(scalars.prefix(longestName - 3)).harmless + "..."
}

/// How many Unicode scalars a name has at most.
private let longestName = 256
