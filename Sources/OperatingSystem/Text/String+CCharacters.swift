extension String {
    /// The text that C wrote into a buffer, up to its NUL or to the buffer's end; what is not UTF-8 becomes U+FFFD.
    ///
    /// By the bits of each character: whether C's `char` has a sign depends on the processor.
    package init(characters: some Sequence<CChar>) {
        self.init(decoding: characters.lazy.map { UInt8(truncatingIfNeeded: $0) }.prefix { $0 != 0 }, as: UTF8.self)
    }
}
