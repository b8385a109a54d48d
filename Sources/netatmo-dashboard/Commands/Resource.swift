import CResources

/// A text that is compiled into the program: a file of `Resources/`, or a topic of `Documentation/`.
struct Resource {
    let name: String
    let purpose: String
    let bytes: [UInt8]

    /// All files of `Resources/`, by name.
    static let all: [Resource] = (0..<resource_count()).map { Resource(resource_at($0)) }
    /// All topics of `Documentation/`, by name: what `help` tells beside the commands.
    static let topics: [Resource] = (0..<topic_count()).map { Resource(topic_at($0)) }

    /// One line for each file: its name and what it is for.
    static var list: String {
        let width = all.map(\.name.count).max() ?? 0
        return all.map { resource in
            resource.name + String(repeating: " ", count: width - resource.name.count + 2) + resource.purpose + "\n"
        }.joined()
    }

    private init(_ resource: resource) {
        name = String(cString: resource.name)
        purpose = String(cString: resource.purpose)
        bytes = Array(UnsafeBufferPointer(start: resource.bytes, count: resource.count))
    }
}
