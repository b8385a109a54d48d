/// An event in JSON with all that it holds, for the engine's own memory and for the user's own screen: the words of `/api/status`,
/// and beside them the ``Event/Kind`` under the name of its case.
///
/// What another release wrote of a kind that this one does not know, or knows otherwise, is told in the words.
package struct EventRecord: Sendable, Hashable, Codable {
    package let event: Event

    package init(_ event: Event) {
        self.event = event
    }

    package func encode(to encoder: any Encoder) throws {
        try event.encode(to: encoder)
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(event.kind, forKey: .kind)
    }

    package init(from decoder: any Decoder) throws {
        let inWords = try Event(from: decoder)
        let json = try decoder.container(keyedBy: StatusKey.self)
        let kind = try? json.decode(Event.Kind.self, forKey: .kind)
        event = Event(time: inWords.time, kind: kind ?? inWords.kind)
    }
}
