import ArgumentParser

extension CompletionKind {
    /// The words of an option that takes one of a few.
    static func words<Words: CaseIterable & RawRepresentable<String>>(of _: Words.Type) -> CompletionKind {
        .list(Words.allCases.map(\.rawValue))
    }
}
